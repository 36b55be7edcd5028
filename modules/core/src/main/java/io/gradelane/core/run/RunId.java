package io.gradelane.core.run;

import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Names one run in the whole cluster, and for ever: a UUID of version 7 (RFC 9562), so ids sort by the time at which
 * they were made, to the millisecond.
 *
 * <p>Not to be mixed up with a client's {@code X-CodeRunner-Job-Id}, which repeats.
 */
public record RunId(UUID value) implements Comparable<RunId> {

  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

  /** Makes an id for a run that was submitted at {@code epochMillis}. */
  public static RunId next(long epochMillis, RandomGenerator random) {
    long most = (epochMillis << 16) | VERSION_7 | random.nextInt(0x1000);
    long least = (random.nextLong() & VARIANT_MASK) | VARIANT;
    return new RunId(new UUID(most, least));
  }

  /** @throws IllegalArgumentException if {@code text} is not a UUID */
  public static RunId parse(String text) {
    return new RunId(UUID.fromString(text));
  }

  /** When it was made, in milliseconds since 1970. */
  public long epochMillis() {
    return value.getMostSignificantBits() >>> 16;
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
