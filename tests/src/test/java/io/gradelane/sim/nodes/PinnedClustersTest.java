package io.gradelane.sim.nodes;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seeds of clusters that found something, with what they found. */
final class PinnedClustersTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = '|', textBlock = """
          2071 | an owner granted itself a run after its last beat and died: neither of the next two could know of it, and the rule forgave only the first
          """)
  void staysMended(long seed, String whatItFound) {
    assertThatCode(() -> NodesSimulation.run(seed, null))
        .as(whatItFound)
        .doesNotThrowAnyException();
  }
}
