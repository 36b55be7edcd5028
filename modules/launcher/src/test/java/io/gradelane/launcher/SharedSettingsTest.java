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
      assertThat(set(nodes, nodes.second, SERVER, "{\"slots\": 9, \"cores\": 3}"))
          .isTrue();
      awaitOnBoth(nodes, EXAM, "cap", 7);
      awaitOnBoth(nodes, EXAM, "patience", 30);
      awaitOnBoth(nodes, SERVER, "slots", 9);

      nodes.restart();
      awaitOnBoth(nodes, EXAM, "cap", 7);
      awaitOnBoth(nodes, EXAM, "patience", 30);
      awaitOnBoth(nodes, SERVER, "slots", 9);
      awaitOnBoth(nodes, SERVER, "cores", 3);

      nodes.json(nodes.first, "DELETE", SERVER + "/settings", "");
      nodes.json(nodes.second, "DELETE", EXAM + "/settings", "");
      awaitOnBoth(nodes, EXAM, "cap", null);
      awaitOnBoth(nodes, SERVER, "slots", 4);

      nodes.restart();
      awaitOnBoth(nodes, EXAM, "cap", null);
      awaitOnBoth(nodes, SERVER, "slots", 4);
    }
  }

  /** Whether it will survive both nodes. */
  private static boolean set(TwoNodes nodes, Node on, String what, String change) {
    return nodes.json(on, "PATCH", what, change).getBoolean("kept");
  }

  private static void awaitOnBoth(
      TwoNodes nodes, String what, String name, @Nullable Integer value) {
    for (Node node : nodes.both()) {
      eventually(what + " has " + name + " " + value, () -> {
        JsonObject now = nodes.json(node, what);
        return now.containsKey("settings") && Objects.equals(whole(now.getNumber(name)), value);
      });
    }
  }

  private static @Nullable Integer whole(@Nullable Number number) {
    return number == null ? null : (Integer) number.intValue();
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
