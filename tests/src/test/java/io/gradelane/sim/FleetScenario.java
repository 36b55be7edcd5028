package io.gradelane.sim;

import io.gradelane.core.fleet.CapacityRule;
import io.gradelane.core.fleet.Exam;
import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.FleetRules.Times;
import io.gradelane.core.fleet.Scaling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What there is in one simulated fleet, drawn from the seed.
 *
 * @param steady whether nothing fails and the load only wavers: then launches are counted
 * @param tellsEnds whether the provider says of what has ended that it has, and does not only stop to name it
 * @param nodes that may lead
 * @param faults how likely a fault is at each opportunity
 * @param bootSeconds that a launch takes, mostly
 * @param stormSeconds how long things go wrong; calm follows
 */
record FleetScenario(
    boolean steady,
    FleetRules rules,
    boolean tellsEnds,
    int nodes,
    double faults,
    int bootSeconds,
    int stormSeconds,
    List<Exam> exams) {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  static FleetScenario of(long seed, SplittableRandom random) {
    boolean steady = Math.floorMod(seed, 8) == 0;
    int max = random.nextInt(1, 9);
    int storm = steady ? 5400 : random.nextInt(900, 2400);
    return new FleetScenario(
        steady,
        new FleetRules(
            Scaling.AUTO,
            random.nextInt(1, max + 1),
            max,
            random.nextInt(1, 9),
            rules(random),
            Duration.ofSeconds(random.nextInt(60, 300)),
            random.nextInt(1, 6),
            times(random)),
        Math.floorMod(seed, 2) == 1,
        random.nextInt(1, 4),
        steady ? 0 : random.nextDouble(0.002, 0.06),
        random.nextInt(5, 90),
        storm,
        random.nextInt(4) == 0 && !steady ? exams(storm, random) : List.of());
  }

  private static List<CapacityRule> rules(SplittableRandom random) {
    List<CapacityRule> rules = new ArrayList<>();
    if (random.nextBoolean()) {
      rules.add(new CapacityRule.Sqrt());
    }
    if (rules.isEmpty() || random.nextBoolean()) {
      rules.add(new CapacityRule.Linear(random.nextDouble(1, 1.5)));
    }
    rules.add(new CapacityRule.Calendar(Duration.ofMinutes(2), 0.1));
    return rules;
  }

  private static Times times(SplittableRandom random) {
    return new Times(
        Duration.ofSeconds(random.nextInt(150, 300)),
        Duration.ofSeconds(random.nextInt(200, 500)),
        Duration.ofSeconds(random.nextInt(20, 60)),
        Duration.ofSeconds(random.nextInt(60, 120)));
  }

  private static List<Exam> exams(int storm, SplittableRandom random) {
    Instant from = START.plusSeconds(random.nextInt(storm / 2));
    return List.of(new Exam("midterm", from, from.plusSeconds(600), random.nextInt(10, 400)));
  }
}
