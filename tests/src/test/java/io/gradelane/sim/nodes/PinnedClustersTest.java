package io.gradelane.sim.nodes;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Seeds of clusters that found something, with what they found. A run that a dead owner granted itself after its last
 * beat was among what the newcomer forgot, and nobody could have known of that: the rule now forgives it, too.
 */
final class PinnedClustersTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = '|', textBlock = """
          2071 | a newcomer that had heard no beat followed a dead owner, forgot what that one held, and handed over less than ran
          """)
  void staysMended(long seed, String whatItFound) {
    assertThatCode(() -> NodesSimulation.run(seed, null))
        .as(whatItFound)
        .doesNotThrowAnyException();
  }
}
