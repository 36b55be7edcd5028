package io.gradelane.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class FleetSimulationTest {

  private static final long FEW = 400;
  private static final long MANY = 10_000;

  /** In it a launch that was wanted before launches were counted had to wait for room. */
  private static final long LATE_LAUNCH = 8544;

  @Test
  void everyRuleHoldsInAFewHundredFleets() {
    everyRuleHolds(0, Long.getLong("seeds", FEW));
  }

  @Test
  @Tag("slow")
  void everyRuleHoldsInTenThousandFleets() {
    everyRuleHolds(FEW, Long.getLong("seeds", MANY));
  }

  @Test
  void aLaunchThatHadToWaitForRoomIsNoFlapping() {
    assertThat(FleetWorld.run(LATE_LAUNCH, null).count(FleetCoverage.Met.STEADY))
        .isEqualTo(1);
  }

  /** One fleet, twice, alike to the last event; with {@code -Dseed=N} that one, and it tells everything that happens. */
  @Test
  void replay() {
    boolean asked = System.getProperty("seed") != null;
    long seed = Long.getLong("seed", 1);

    FleetCoverage first = FleetWorld.run(seed, asked ? System.out::println : null);

    assertThat(first.count(FleetCoverage.Met.SEEDS)).isEqualTo(1);
    assertThat(FleetWorld.run(seed, null).toString()).isEqualTo(first.toString());
  }

  private static void everyRuleHolds(long from, long seeds) {
    FleetCoverage all = new FleetCoverage();
    LongStream.range(from, from + seeds)
        .parallel()
        .forEach(seed -> all.add(FleetWorld.run(seed, null)));

    System.out.println("fleet simulation: " + all);
    for (FleetCoverage.Met what : FleetCoverage.Met.values()) {
      assertThat(all.count(what)).as("never met: " + what).isPositive();
    }
    assertThat(all.count(FleetCoverage.Met.PASSES)).isGreaterThanOrEqualTo(100 * seeds);
  }
}
