package io.gradelane.sim;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Seeds that found something, with what they found. The simulator has grown since the mistakes were first seen, and a
 * seed means another pool with every change of it: these were found again by putting each mistake back, and fail without
 * its mending.
 */
final class PinnedSeedsTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = '|', textBlock = """
          3001 | a quiet run that held the only server with its language waited for ever when that was removed
          1584 | the same in another pool
          1901 | a quiet run of a bulk lane, once its server was calm, was granted into that server's part of the reserve
          3039 | the reserve did not grow with a demand that time alone had raised, at the turn of ten seconds
          2127 | the same with a larger reserve
          493  | after a lane's patience was cut, a run was granted whose patience had ended, because no tick had come yet
          4329 | the same on one server of two slots
          """)
  void staysMended(long seed, String whatItFound) {
    assertThatCode(() -> World.run(seed, null)).as(whatItFound).doesNotThrowAnyException();
  }
}
