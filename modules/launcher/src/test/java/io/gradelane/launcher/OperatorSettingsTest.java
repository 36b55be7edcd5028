package io.gradelane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sets through the interface, and what is left of it when the last node has stopped. */
class OperatorSettingsTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.killable();
  private static final String EXAM = "/api/v1/lanes/exam";
  private static final String SERVER = "/api/v1/servers/s1";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir
  Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final StubJobe stub = StubJobe.start(vertx);
  private final Map<String, String> environment = new HashMap<>();
  private @Nullable Node node;

  @BeforeEach
  void configure() {
    environment.put("GRADELANE_HTTP_PORT", "0");
    environment.put("GRADELANE_DATA_DIR", folder.toString());
    environment.put("GRADELANE_DRAIN_DELAY", "0s");
    environment.put("GRADELANE_SERVERS", stub.url().toString());
    environment.put(
        "GRADELANE_DATABASE_URL",
        "postgresql://" + POSTGRES.host() + ":" + POSTGRES.port() + "/" + POSTGRES.database());
    environment.put("GRADELANE_DATABASE_USER", POSTGRES.user());
    environment.put("GRADELANE_DATABASE_PASSWORD", POSTGRES.password());
  }

  @AfterEach
  void stop() {
    stopNode();
    stub.close();
    Blocking.get(vertx.close());
  }

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  @Test
  void whatWasSetHoldsAfterARestartUntilItIsTakenBack() {
    start();
    awaitDatabase();
    JsonObject lane = json("PATCH", EXAM, "{\"cap\": 8, \"patience\": 30}");
    assertThat(lane.getBoolean("kept")).isTrue();
    assertThat(lane.getJsonObject("settings").getJsonObject("cap").getMap())
        .containsEntry("value", 8)
        .containsEntry("configured", null)
        .containsEntry("by", "anonymous")
        .containsEntry("kept", true)
        .containsKey("since");
    json("PATCH", SERVER, "{\"slots\": 9, \"cores\": 3}");
    assertThat(json("PATCH", SERVER, "{\"drain\": true}").getBoolean("kept")).isTrue();

    assertThat(send("GET", "/metrics", "").body())
        .contains("gradelane_database_statement_seconds_count{")
        .contains("statement=\"settings_keep\"")
        .contains("gradelane_database_connections");

    restart();
    Eventually.await(
        "the server is drained again",
        PATIENCE,
        () -> json("GET", SERVER, "").getString("state").startsWith("drain"));
    assertThat(json("GET", SERVER, "").getInteger("slots")).isEqualTo(9);
    assertThat(json("GET", SERVER, "").getJsonObject("settings").fieldNames())
        .containsExactlyInAnyOrder("drain", "slots", "cores");
    JsonObject again = json("GET", EXAM, "");
    assertThat(again.getInteger("cap")).isEqualTo(8);
    assertThat(again.getDouble("patience")).isEqualTo(30);
    assertThat(again.getLong("version")).isEqualTo(lane.getLong("version"));
    assertThat(again.getJsonObject("settings").fieldNames())
        .containsExactlyInAnyOrder("cap", "patience");

    assertThat(json("DELETE", EXAM + "/settings", "").getJsonObject("settings")).isEmpty();
    assertThat(json("DELETE", SERVER + "/settings", "").getInteger("slots")).isEqualTo(4);
    assertThat(json("POST", "/api/v1/servers/refresh", "")
            .getJsonArray("servers")
            .getJsonObject(0)
            .getInteger("slots"))
        .as("a refresh brings nothing back")
        .isEqualTo(4);
    restart();
    awaitDatabase();
    Eventually.await(
        "what was taken back is known",
        PATIENCE,
        () -> json("GET", EXAM, "").getLong("version") > again.getLong("version"));
    assertThat(json("GET", EXAM, "").getInteger("cap")).isNull();
    assertThat(json("GET", SERVER, "").getInteger("slots")).isEqualTo(4);
    JsonArray changes =
        json("GET", "/api/v1/settings/changes?size=500", "").getJsonArray("changes");
    assertThat(changes.getJsonObject(changes.size() - 1).getMap())
        .containsEntry("by", "anonymous")
        .containsKeys("subject", "name", "from", "to", "at");
    assertThat(changes).hasSize(10);
  }

  @Test
  void withoutADatabaseItHoldsAndIsSaidNotToLast() {
    environment.keySet().removeIf(key -> key.startsWith("GRADELANE_DATABASE"));
    environment.put("GRADELANE_DATABASE_EMBEDDED", "false");
    start();

    JsonObject lane = json("PATCH", EXAM, "{\"cap\": 8}");
    assertThat(lane.getInteger("cap")).isEqualTo(8);
    assertThat(lane.getBoolean("kept")).isFalse();
    assertThat(json("PATCH", SERVER, "{\"weight\": 2}").getBoolean("kept")).isFalse();
    assertThat(json("GET", SERVER, "").getJsonObject("settings").fieldNames())
        .containsExactly("weight");
    assertThat(send("GET", "/api/v1/settings/changes", "").statusCode()).isEqualTo(503);
  }

  private void awaitDatabase() {
    Eventually.await(
        "the database is there",
        PATIENCE,
        () -> send("GET", "/api/v1/settings/changes", "").statusCode() == 200);
  }

  private void restart() {
    stopNode();
    start();
  }

  private void start() {
    node = WholeNodes.start("test", environment);
  }

  private void stopNode() {
    if (node != null) {
      Blocking.get(node.close());
      node = null;
    }
  }

  private JsonObject json(String method, String path, String body) {
    return WholeNodes.json(Objects.requireNonNull(node), method, path, body);
  }

  private HttpResponse<String> send(String method, String path, String body) {
    return WholeNodes.send(Objects.requireNonNull(node), method, path, body);
  }
}
