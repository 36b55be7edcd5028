package io.gradelane.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

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

  /** One pool again, with everything that happens in it: {@code -Dseed=N}. */
  @Test
  @EnabledIfSystemProperty(named = "seed", matches = "-?\\d+")
  void replay() {
    Coverage coverage = World.run(Long.getLong("seed", 0), System.out::println);

    assertThat(coverage.count(Coverage.Met.SEEDS)).isEqualTo(1);
    System.out.println(coverage);
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
