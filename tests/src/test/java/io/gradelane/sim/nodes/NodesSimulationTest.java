package io.gradelane.sim.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class NodesSimulationTest {

  private static final long FEW = 140;
  private static final long MANY = 3_000;

  @Test
  void everyRuleHoldsInAHundredClusters() {
    everyRuleHolds(0, Long.getLong("seeds", FEW));
  }

  @Test
  @Tag("slow")
  void everyRuleHoldsInThreeThousandClusters() {
    everyRuleHolds(FEW, Long.getLong("seeds", MANY));
  }

  @Test
  void aSeedPlaysAlikeTwice() {
    assertThat(NodesSimulation.run(6, null))
        .hasToString(NodesSimulation.run(6, null).toString());
  }

  private static void everyRuleHolds(long from, long seeds) {
    Encounters all = new Encounters();
    LongStream.range(from, from + seeds)
        .parallel()
        .forEach(seed -> all.add(NodesSimulation.run(seed, null)));

    System.out.println("simulation of nodes: " + all);
    for (Encounters.Met what : Encounters.Met.values()) {
      assertThat(all.count(what)).as("never met: " + what).isPositive();
    }
  }
}
