package io.gradelane.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartTest {

  @ParameterizedTest(name = "{0} of {1} members may use {3} of {2} slots")
  @CsvSource({"1, 1, 8, 8", "2, 3, 8, 8", "1, 3, 8, 3", "1, 2, 8, 4", "2, 4, 7, 4", "1, 9, 2, 1"})
  void isAllForMoreThanHalfAndElseAShare(int seen, int stable, int slots, int part) {
    assertThat(new Part(seen, stable).of(slots)).isEqualTo(part);
  }
}
