package io.gradelane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.EventClient;
import io.gradelane.testkit.EventClient.Heard;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lanes and servers, watched while an operator changes them. */
final class FiguresTest {

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = vertx.createHttpClient();

  @AfterEach
  void stop() {
    Blocking.get(vertx.close());
  }

  @Test
  void aLaneAndThePoolAreToldWhatChanges() {
    try (StubJobe stub = StubJobe.start(vertx);
        GatewayFixture node = GatewayFixture.start(new GatewayFixture.Plan().server(stub, 2));
        EventClient lane = watch(node, "lane=bulk");
        EventClient pool = watch(node, "pool");
        EventClient nowhere = watch(node, "lane=nowhere")) {
      assertThat(nowhere.status()).isEqualTo(404);
      JsonObject before = lane.await("subscribed", "").data().getJsonObject("lane");
      assertThat(before.getBoolean("paused")).isFalse();
      assertThat(pool.await("subscribed", "").data().getJsonArray("servers")).hasSize(1);

      change(node, "/api/v1/lanes/bulk", new JsonObject().put("paused", true));

      Heard told = lane.await("event", "lane");
      assertThat(told.data().getJsonObject("lane").getBoolean("paused")).isTrue();
      assertThat(told.cursor()).as("figures have no log").isNull();
      Eventually.await(
          "the pool's watcher is told of that lane alone",
          () -> pool.heard().stream().anyMatch(FiguresTest::isOfBulkAlone));
    }
  }

  private static boolean isOfBulkAlone(Heard heard) {
    JsonArray lanes = heard.data().getJsonArray("lanes");
    return heard.kind().equals("pool")
        && lanes != null
        && lanes.size() == 1
        && lanes.getJsonObject(0).getString("name").equals("bulk");
  }

  private EventClient watch(GatewayFixture node, String topic) {
    return EventClient.sse(http, node.port(), "/api/v1/events?" + topic, Map.of(), heard -> {});
  }

  private void change(GatewayFixture node, String path, JsonObject body) {
    RequestOptions options = new RequestOptions()
        .setMethod(HttpMethod.PATCH)
        .setHost("127.0.0.1")
        .setPort(node.port())
        .setURI(path)
        .putHeader("If-Match", "*");
    assertThat(Blocking.get(http.request(options).compose(request -> request.send(body.toBuffer())))
            .statusCode())
        .isEqualTo(200);
  }
}
