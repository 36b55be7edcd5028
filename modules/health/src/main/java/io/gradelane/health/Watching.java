package io.gradelane.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** What every {@link Watch} of a verticle shares. */
record Watching(
    ServerBook book,
    Prober prober,
    Judge judge,
    HealthRules rules,
    ProbeMeters meters,
    Timers timers,
    InstantSource clock,
    RandomGenerator random,
    Predicate<String> idle) {

  Instant now() {
    return clock.instant();
  }

  /** Whether nothing is in flight on that server, as far as the dispatcher has said. */
  boolean isIdle(String server) {
    return idle.test(server);
  }
}
