package io.gradelane.core.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * How long nothing new is launched after launches have failed: longer each time, until one host answers.
 *
 * @param failures in a row, 0 or more
 */
public record LaunchPause(int failures, Instant until) {

  public static final LaunchPause NONE = new LaunchPause(0, Instant.EPOCH);

  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int DOUBLINGS = 5;

  public LaunchPause failed(Instant now) {
    Duration grown = FIRST.multipliedBy(1L << Math.min(failures, DOUBLINGS));
    Duration pause = grown.compareTo(LONGEST) > 0 ? LONGEST : grown;
    return new LaunchPause(failures + 1, now.plus(pause));
  }

  boolean over(Instant now) {
    return !now.isBefore(until);
  }
}
