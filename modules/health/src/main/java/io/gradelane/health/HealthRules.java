package io.gradelane.health;

import io.gradelane.settings.Settings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often to probe, and how much to forgive.
 *
 * @param interval between two probes of a server
 * @param timeout of asking for the languages
 * @param runEvery between two probe runs on a server that is well
 * @param failures failed probes in a row that bring a server down, 1 or more
 * @param ejection least time that a server stays down; doubled each time that it goes down again, up to {@code
 *     maxEjection}
 * @param warmUp slow start of a server that comes back
 */
public record HealthRules(
    Duration interval,
    Duration timeout,
    Duration runEvery,
    int failures,
    Duration ejection,
    Duration maxEjection,
    Duration warmUp) {

  /** Jobe itself may wait ten seconds for a free user before it begins. */
  private static final Duration RUN_MARGIN = Duration.ofSeconds(10);

  private static final double JITTER = 0.1;
  private static final int MOST_DOUBLINGS = 20;

  public static HealthRules of(Settings.Health health, Settings.Pool pool) {
    return new HealthRules(
        health.interval(),
        health.timeout(),
        health.runEvery(),
        health.failures(),
        health.ejection(),
        health.maxEjection(),
        pool.warmUp());
  }

  /** How long a probe run may take. */
  Duration runTimeout() {
    return timeout.plus(RUN_MARGIN);
  }

  /** Least time down. */
  Duration ejection(int ejections) {
    long times = 1L << Math.min(ejections - 1, MOST_DOUBLINGS);
    Duration doubled = ejection.multipliedBy(times);
    return doubled.compareTo(maxEjection) < 0 ? doubled : maxEjection;
  }

  /** A server that was ready for so long is no longer held to have gone down before. */
  Duration calm() {
    return maxEjection;
  }

  /** Up to a tenth more, so that many servers are not probed in step. */
  static Duration jittered(Duration about, RandomGenerator random) {
    return about.plusNanos((long) (about.toNanos() * JITTER * random.nextDouble()));
  }
}
