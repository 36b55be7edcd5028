package io.gradelane.launcher.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MomentsTest {

  private final Moments moments =
      new Moments(() -> Instant.parse("2026-03-01T11:00:00Z"), ZoneId.of("Europe/Berlin"));

  @Test
  void peopleTypeThemInManyWays() {
    Map<String, String> known = new LinkedHashMap<>();
    known.put("10:42", "2026-03-01T09:42:00Z");
    known.put("10:42:30", "2026-03-01T09:42:30Z");
    known.put("2026-02-28", "2026-02-27T23:00:00Z");
    known.put("2026-02-28 10:42", "2026-02-28T09:42:00Z");
    known.put("2026-02-28T10:42", "2026-02-28T09:42:00Z");
    known.put("2026-02-28T10:42:00Z", "2026-02-28T10:42:00Z");
    known.put("2026-02-28T10:42:00+05:00", "2026-02-28T05:42:00Z");
    known.put("90s", "2026-03-01T10:58:30Z");
    known.put("15m", "2026-03-01T10:45:00Z");
    known.put("2h", "2026-03-01T09:00:00Z");
    known.put("7d", "2026-02-22T11:00:00Z");
    known.forEach((typed, moment) ->
        assertThat(moments.read(typed)).as(typed).contains(Instant.parse(moment)));
  }

  @Test
  void whatIsNoneIsNone() {
    for (String typed : new String[] {"", "soon", "25:00", "10", "15 m", "2026-13-01", "-5m"}) {
      assertThat(moments.read(typed)).as(typed).isEmpty();
    }
  }

  @Test
  void theyAreShownByTheClockOnTheWall() {
    assertThat(moments.show("2026-03-01T10:42:00.123Z")).isEqualTo("2026-03-01 11:42:00");
  }
}
