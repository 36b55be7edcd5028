package io.gradelane.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdsTest {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final Ids ids = new Ids(new Random(1));

  @Test
  void aTraceGoesOnWithASpanOfOurOwn() {
    String mine = ids.traceparent(TRACE);

    assertThat(mine)
        .isNotNull()
        .matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01")
        .isNotEqualTo(TRACE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736x00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
      })
  void aMalformedTraceIsDropped(String offered) {
    assertThat(ids.traceparent(offered)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b?c=d, /a/b, c=d",
    "/a, /a,",
    "/a?, /a, ''",
    "http://h:80/a/b?c, /a/b, c",
    "http://h, /,",
    "http://h?c, /, c",
    "*, *,",
    "'', /,",
    "h:443, h:443,",
  })
  void aTargetIsReadInEachOfItsForms(String uri, String path, String query) {
    assertThat(Target.of(uri)).isEqualTo(new Target(path, query));
  }
}
