package io.gradelane.launcher;

import static io.gradelane.launcher.TwoNodes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.testkit.PostgresFixture;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sets on one of two nodes with one database. */
class SharedSettingsTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.start();
  private static final String EXAM = "/api/v1/lanes/exam";
  private static final String SERVER = "/api/v1/servers/s1";

  @TempDir
  Path folder;

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  @Test
  void whatIsSetOnOneHoldsOnTheOtherAndOnBothAfterBothHaveStopped() {
    try (TwoNodes nodes = TwoNodes.start(folder, database())) {
      for (Node node : nodes.both()) {
        eventually(
            "the database is there",
            () -> nodes.get(node, "/api/v1/settings/changes").statusCode() == 200);
      }
      assertThat(set(nodes, nodes.first, EXAM, "{\"cap\": 7}")).isTrue();
      assertThat(set(nodes, nodes.second, EXAM, "{\"patience\": 30}")).isTrue();
      assertThat(set(nodes, nodes.first, EXAM, "{\"paused\": true, \"priority\": 77}"))
          .isTrue();
      assertThat(set(nodes, nodes.second, SERVER, "{\"slots\": 9, \"cores\": 3}"))
          .isTrue();
      assertThat(set(nodes, nodes.first, SERVER, "{\"weight\": 0.5}")).isTrue();
      assertThat(set(nodes, nodes.second, SERVER, "{\"drain\": true}")).isTrue();
      awaitAllOnBoth(nodes);

      nodes.restart();
      awaitAllOnBoth(nodes);

      nodes.json(nodes.first, "DELETE", SERVER + "/settings", "");
      nodes.json(nodes.second, "DELETE", EXAM + "/settings", "");
      awaitNoneOnBoth(nodes);

      nodes.restart();
      awaitNoneOnBoth(nodes);
    }
  }

  private static void awaitAllOnBoth(TwoNodes nodes) {
    awaitOnBoth(nodes, EXAM, "cap", 7);
    awaitOnBoth(nodes, EXAM, "patience", 30);
    awaitOnBoth(nodes, EXAM, "paused", true);
    awaitOnBoth(nodes, EXAM, "priority", 77);
    awaitOnBoth(nodes, SERVER, "slots", 9);
    awaitOnBoth(nodes, SERVER, "cores", 3);
    awaitOnBoth(nodes, SERVER, "weight", 0.5);
    awaitOnBoth(nodes, SERVER, "state", "drained");
  }

  private static void awaitNoneOnBoth(TwoNodes nodes) {
    awaitOnBoth(nodes, EXAM, "cap", null);
    awaitOnBoth(nodes, EXAM, "paused", false);
    awaitOnBoth(nodes, SERVER, "slots", 4);
    awaitOnBoth(nodes, SERVER, "weight", 1);
    awaitOnBoth(nodes, SERVER, "state", "ready");
  }

  /** Whether it will survive both nodes. */
  private static boolean set(TwoNodes nodes, Node on, String what, String change) {
    return nodes.json(on, "PATCH", what, change).getBoolean("kept");
  }

  private static void awaitOnBoth(
      TwoNodes nodes, String what, String name, @Nullable Object value) {
    for (Node node : nodes.both()) {
      eventually(what + " has " + name + " " + value, () -> {
        JsonObject now = nodes.json(node, what);
        return now.containsKey("settings")
            && Objects.equals(plain(now.getValue(name)), plain(value));
      });
    }
  }

  /** A whole number may come with a point. */
  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Number number ? (Double) number.doubleValue() : value;
  }

  private static Map<String, String> database() {
    return Map.of(
        "GRADELANE_DATABASE_URL",
        "postgresql://" + POSTGRES.host() + ":" + POSTGRES.port() + "/" + POSTGRES.database(),
        "GRADELANE_DATABASE_USER",
        POSTGRES.user(),
        "GRADELANE_DATABASE_PASSWORD",
        POSTGRES.password());
  }
}
