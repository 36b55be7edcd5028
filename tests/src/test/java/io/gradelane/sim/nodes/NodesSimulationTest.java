package io.gradelane.sim.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.sim.nodes.Encounters.Met;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class NodesSimulationTest {

  private static final long FEW = 105;
  private static final long MANY = 3_000;

  @Test
  void everyRuleHoldsInAHundredClusters() {
    everyRuleHolds(0, Long.getLong("seeds", FEW), EnumSet.complementOf(EnumSet.of(Met.DIFFERED)));
  }

  @Test
  @Tag("slow")
  void everyRuleHoldsInThreeThousandClusters() {
    everyRuleHolds(FEW, Long.getLong("seeds", MANY), EnumSet.allOf(Met.class));
  }

  @Test
  void aSeedPlaysAlikeTwice() {
    assertThat(NodesSimulation.run(6, null))
        .hasToString(NodesSimulation.run(6, null).toString());
  }

  /** What the numbers of a session don't mend is rare: only many clusters are sure to meet it. */
  private static void everyRuleHolds(long from, long seeds, Set<Met> met) {
    Encounters all = new Encounters();
    LongStream.range(from, from + seeds)
        .parallel()
        .forEach(seed -> all.add(NodesSimulation.run(seed, null)));

    System.out.println("simulation of nodes: " + all);
    for (Met what : met) {
      assertThat(all.count(what)).as("never met: " + what).isPositive();
    }
  }
}
