package io.gradelane.core.job;

import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Names one batch for ever: a UUID of version 7 (RFC 9562) whose last 32 bits are zero. The ids of its jobs are the same
 * UUID with those bits counted up from 1, so a batch's jobs lie together, in order, and ids sort by time.
 */
public record BatchId(UUID value) implements Comparable<BatchId> {

  /** Most jobs of one batch. */
  public static final int MAX_JOBS = Integer.MAX_VALUE;

  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long RANDOM = 0x3FFF_FFFF_0000_0000L;
  private static final long SEQUENCE = 0xFFFF_FFFFL;

  public BatchId {
    if (value.version() != 7 || (value.getLeastSignificantBits() & SEQUENCE) != 0) {
      throw new IllegalArgumentException(
          "batch id: '" + value + "' (expected: a UUID of version 7 that ends in 00000000)");
    }
  }

  /** Makes an id for a batch that was submitted at {@code epochMillis}. */
  public static BatchId next(long epochMillis, RandomGenerator random) {
    long most = (epochMillis << 16) | VERSION_7 | random.nextInt(0x1000);
    long least = (random.nextLong() & RANDOM) | VARIANT;
    return new BatchId(new UUID(most, least));
  }

  /** @throws IllegalArgumentException if {@code text} is no batch's id */
  public static BatchId parse(String text) {
    return new BatchId(UUID.fromString(text));
  }

  /** The batch that the job with this id belongs to. */
  static BatchId of(UUID job) {
    long least = job.getLeastSignificantBits() & ~SEQUENCE;
    return new BatchId(new UUID(job.getMostSignificantBits(), least));
  }

  /** @param sequence 1 for the first */
  public JobId job(int sequence) {
    long least = value.getLeastSignificantBits() | sequence;
    return new JobId(new UUID(value.getMostSignificantBits(), least));
  }

  /** An id that no job of the batch comes after. */
  public JobId last() {
    return job(MAX_JOBS);
  }

  @Override
  public int compareTo(BatchId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
