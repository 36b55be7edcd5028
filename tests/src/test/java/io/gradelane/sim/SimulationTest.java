package io.gradelane.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class SimulationTest {

  private static final long FEW = 300;
  private static final long MANY = 10_000;

  @Test
  void everyRuleHoldsInAFewHundredPools() {
    everyRuleHolds(0, Long.getLong("seeds", FEW));
  }

  @Test
  @Tag("slow")
  void everyRuleHoldsInTenThousandPools() {
    everyRuleHolds(FEW, Long.getLong("seeds", MANY));
  }

  /** One pool, twice, alike to the last event; with {@code -Dseed=N} that one, and it tells everything that happens. */
  @Test
  void replay() {
    boolean asked = System.getProperty("seed") != null;
    long seed = Long.getLong("seed", 1);

    Coverage first = World.run(seed, asked ? System.out::println : null);

    assertThat(first.count(Coverage.Met.SEEDS)).isEqualTo(1);
    assertThat(World.run(seed, null).toString()).isEqualTo(first.toString());
  }

  private static void everyRuleHolds(long from, long seeds) {
    Coverage all = new Coverage();
    LongStream.range(from, from + seeds).parallel().forEach(seed -> all.add(World.run(seed, null)));

    System.out.println("simulation: " + all);
    for (Coverage.Met what : Coverage.Met.values()) {
      assertThat(all.count(what)).as("never met: " + what).isPositive();
    }
    assertThat(all.count(Coverage.Met.EVENTS)).isGreaterThanOrEqualTo(2_000 * seeds);
  }
}
