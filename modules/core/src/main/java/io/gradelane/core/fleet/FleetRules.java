package io.gradelane.core.fleet;

import java.time.Duration;
import java.util.List;

/**
 * By what the fleet is kept.
 *
 * @param min fewest hosts, 1 or more
 * @param max most hosts that may exist at once, those that are unhealthy or going included; {@code min} or more
 * @param slotsPerHost 1 or more
 * @param rules at least one
 * @param hold how long a larger wish keeps a smaller one from having its way, zero or more
 * @param launchesAtOnce most launches begun in one pass, 1 or more
 */
public record FleetRules(
    Scaling scaling,
    int min,
    int max,
    int slotsPerHost,
    List<CapacityRule> rules,
    Duration hold,
    int launchesAtOnce,
    Times times) {

  /**
   * After what time the loop no longer waits; all above zero.
   *
   * @param launch for a launching host to answer
   * @param unhealthy for the runs of an unhealthy host to end
   * @param down for a server that is down to come back
   * @param grace for the provider's listing to become consistent
   */
  public record Times(Duration launch, Duration unhealthy, Duration down, Duration grace) {
    public static final Times USUAL = new Times(
        Duration.ofMinutes(10), Duration.ofHours(12), Duration.ofMinutes(1), Duration.ofMinutes(2));
  }

  public FleetRules {
    if (min < 1 || max < min || slotsPerHost < 1 || rules.isEmpty() || launchesAtOnce < 1) {
      throw new IllegalArgumentException("min " + min + ", max " + max + ", slots per host "
          + slotsPerHost + ", " + rules.size() + " rules, launches at once " + launchesAtOnce
          + " (expected: 1 <= min <= max, and at least 1 of the others)");
    }
    rules = List.copyOf(rules);
  }

  int within(int hosts) {
    return Math.clamp(hosts, min, max);
  }
}
