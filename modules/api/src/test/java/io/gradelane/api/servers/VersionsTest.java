package io.gradelane.api.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VersionsTest {

  @ParameterizedTest
  @CsvSource({
    "3.12.0, 3.9.18",
    "17.0.21.1, 17.0.21",
    "12.2.0, Unknown",
    "1, 0",
    "3.10, 3.9",
    "99999999999999999999, 1",
    "v18.20.4, v18.3",
  })
  void theFirstIsNewerThanTheSecond(String newer, String older) {
    assertThat(Versions.compare(newer, older)).isPositive();
    assertThat(Versions.compare(older, newer)).isNegative();
    assertThat(Versions.newer(older, newer)).isEqualTo(newer);
    assertThat(Versions.newer(newer, older)).isEqualTo(newer);
  }

  @Test
  void ofTwoThatAreEquallyNewTheFirstSeenStays() {
    assertThat(Versions.newer("v3.11", "3.11")).isEqualTo("v3.11");
    assertThat(Versions.compare("", "Unknown")).isZero();
  }
}
