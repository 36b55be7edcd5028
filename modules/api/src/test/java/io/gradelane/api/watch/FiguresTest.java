package io.gradelane.api.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static final Figures BEFORE =
      Figures.of(null, all(lane("exam", 1), lane("bulk", 2))).orElseThrow();

  @Test
  void onlyWhatHasChangedIsTold() {
    Figures after =
        Figures.of(null, all(lane("exam", 1), lane("bulk", 3), lane("new", 0))).orElseThrow();

    assertThat(Objects.requireNonNull(after.since(BEFORE)).data())
        .isEqualTo(new JsonObject()
            .put("kind", "pool")
            .put("lanes", new JsonArray().add(lane("bulk", 3)).add(lane("new", 0))));
    assertThat(after.since(after)).isNull();
  }

  @Test
  void whatIsGoneIsNamed() {
    Figures after = Figures.of(null, all(lane("exam", 1))).orElseThrow();

    assertThat(Objects.requireNonNull(after.since(BEFORE)).data().getJsonArray("lanesGone"))
        .containsExactly("bulk");
  }

  @Test
  void aLaneIsToldAlone() {
    Figures lane = Figures.of("bulk", all(lane("exam", 1), lane("bulk", 2))).orElseThrow();
    Figures later = Figures.of("bulk", all(lane("exam", 9), lane("bulk", 2))).orElseThrow();

    assertThat(lane.snapshot().data()).isEqualTo(new JsonObject().put("lane", lane("bulk", 2)));
    assertThat(later.since(lane)).isNull();
    assertThat(Figures.of("nowhere", all())).isEmpty();
  }

  private static JsonObject all(JsonObject... lanes) {
    JsonArray list = new JsonArray();
    for (JsonObject lane : lanes) {
      list.add(lane);
    }
    return new JsonObject()
        .put("pool", new JsonObject().put("slots", 4))
        .put("lanes", list)
        .put("servers", new JsonArray());
  }

  private static JsonObject lane(String name, int depth) {
    return new JsonObject().put("name", name).put("depth", depth);
  }
}
