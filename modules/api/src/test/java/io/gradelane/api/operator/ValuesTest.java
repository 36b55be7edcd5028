package io.gradelane.api.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.server.ServerWord;
import io.vertx.core.json.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is kept as JSON is what was set. */
class ValuesTest {

  private static final LaneSpec LANE =
      new LaneSpec("exam", true, 40, 2, LaneSpec.UNLIMITED, Duration.ofSeconds(60), 5000, false);

  @Test
  void aLaneIsAsItWasKept() {
    LaneSpec set = new LaneSpec("exam", true, 41, 3, 8, Duration.ofMillis(1500), 7, true);

    assertThat(LaneValues.on(LANE, kept(LaneValues.of(set)))).isEqualTo(set);
    assertThat(LaneValues.on(set, kept(LaneValues.of(LANE)))).isEqualTo(LANE);
    assertThat(LaneValues.on(LANE, Map.of("cap", 8)).cap()).isEqualTo(8);
    assertThat(LaneValues.on(LANE, Map.of())).isEqualTo(LANE);
  }

  @Test
  void whatDoesNotFitIsNoLane() {
    assertThatIllegalArgumentException().isThrownBy(() -> LaneValues.on(LANE, Map.of("cap", 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LaneValues.on(LANE, Map.of("priority", "high")));
  }

  @Test
  void aServersWordIsAsItWasKept() {
    for (ServerWord word :
        List.of(new ServerWord(7, true, 2.0, 8, 4), ServerWord.nothing(7), ServerWord.NONE)) {
      assertThat(ServerValues.word(kept(ServerValues.said(word)), word.at())).isEqualTo(word);
    }
  }

  private static Map<String, @Nullable Object> kept(Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> read = new HashMap<>();
    values.forEach((name, value) -> read.put(name, Json.decodeValue(Json.encode(value))));
    return read;
  }
}
