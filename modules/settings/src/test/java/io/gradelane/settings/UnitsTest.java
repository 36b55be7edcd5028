package io.gradelane.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, 500",
    "60s, 60000",
    "10m, 600000",
    "1h, 3600000",
    "7d, 604800000",
    "0, 0",
    "0s, 0"
  })
  void durationsAreRead(String text, long millis) {
    assertThat(Units.duration(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-1s", "1.5s", "5 minutes", "PT5S", "99999999999999d"})
  void otherDurationsAreNot(String text) {
    assertThat(Units.duration(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1024, 1024", "64KB, 65536", "32MB, 33554432", "32mb, 33554432", "2 GB, 2147483648"})
  void sizesAreRead(String text, long bytes) {
    assertThat(Units.size(text)).contains(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "-1MB", "1.5MB", "5 potatoes", "999999999999999TB"})
  void otherSizesAreNot(String text) {
    assertThat(Units.size(text)).isEmpty();
  }

  @Test
  void bothAreShownAsPeopleWriteThem() {
    assertThat(Units.show(Duration.ofMinutes(10))).isEqualTo("10m");
    assertThat(Units.show(Duration.ofMillis(1500))).isEqualTo("1500ms");
    assertThat(Units.show(Duration.ZERO)).isEqualTo("0s");
    assertThat(Units.show(40L << 20)).isEqualTo("40MB");
    assertThat(Units.show(1000)).isEqualTo("1000 bytes");
  }
}
