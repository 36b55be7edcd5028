package io.gradelane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many watch one batch over two nodes, of which one goes away in the middle. */
final class WatchersTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int UNAVAILABLE = 503;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Viewer> viewers = new ArrayList<>();

  @AfterEach
  void stop() {
    http.close();
    Blocking.get(vertx.close());
  }

  @Test
  void nobodyMissesAnythingOrHearsItTwiceWhenANodeIsKilled() throws Exception {
    watch(60, 600, GatewayFixture::close);
  }

  @Test
  void nobodyMissesAnythingOrHearsItTwiceWhenANodeDrains() throws Exception {
    watch(60, 600, node -> Blocking.get(node.drain()));
  }

  @Test
  @Tag("slow")
  void norDoAThousand() throws Exception {
    watch(1_000, 5_000, GatewayFixture::close);
  }

  /** How a node goes away. */
  private interface Leaving {
    void leave(GatewayFixture node);
  }

  private void watch(int watchers, int jobs, Leaving leaving) throws Exception {
    try (PostgresFixture postgres = PostgresFixture.start();
        StubJobe stub = StubJobe.start(vertx);
        GatewayFixture going = node(postgres, stub);
        GatewayFixture staying = node(postgres, stub);
        Viewer.Crowd crowd = new Viewer.Crowd(vertx, watchers, going.port(), staying.port())) {
      JsonObject batch = send(staying, "POST", "/api/v1/batches", batch(jobs));
      String id = batch.getString("id");
      for (int i = 0; i < watchers; i++) {
        viewers.add(viewer(crowd, i, watchers, id, batch.getString("firstJob")).open());
      }
      eventually("all watch", viewer -> viewer.subscribed.get() > 0);

      String path = "/api/v1/batches/" + id;
      send(staying, "PATCH", path, new JsonObject().put("paused", false));
      Eventually.await(
          "the sample has ended",
          PATIENCE,
          () -> send(staying, "GET", path, null).getBoolean("sampleHasEnded"));
      send(staying, "PATCH", path, new JsonObject().putNull("sample"));
      leaving.leave(going);

      eventually("all have heard the end", viewer -> viewer.ended.get() > 0);
      int last = watchers - 1;
      int steered = viewers.getFirst().steered.get();
      assertThat(steered).as("resumed, and let run behind its sample").isGreaterThanOrEqualTo(2);
      viewers.subList(0, last).forEach(viewer -> {
        assertThat(viewer.finished).isEqualTo(jobs);
        assertThat(viewer.steered).hasValue(steered);
      });
      assertThat(viewers).allSatisfy(viewer -> {
        assertThat(viewer.ended).hasValue(1);
        assertThat(viewer.gaps).hasValue(0);
      });
      assertThat(viewers.stream().mapToInt(viewer -> viewer.subscribed.get()).sum())
          .as("half of them came back on the other node")
          .isGreaterThanOrEqualTo(watchers + watchers / 2);
    }
  }

  /** The last one watches a single job. */
  private static Viewer viewer(
      Viewer.Crowd crowd, int number, int watchers, String batch, String job) {
    return number == watchers - 1
        ? new Viewer(crowd, number, "job", job)
        : new Viewer(crowd, number, "batch", batch);
  }

  private static GatewayFixture node(PostgresFixture postgres, StubJobe stub) {
    return GatewayFixture.start(new GatewayFixture.Plan()
        .server(stub, 40)
        .database(postgres)
        .patience(Duration.ofHours(1)));
  }

  private interface Condition {
    boolean holds(Viewer viewer);
  }

  private void eventually(String what, Condition condition) {
    Eventually.await(what, PATIENCE, () -> viewers.stream().allMatch(condition::holds));
  }

  /** Until it is taken: a machine that is busy with other things may refuse it for a while. */
  private JsonObject send(
      GatewayFixture node, String method, String path, @Nullable JsonObject body) {
    List<HttpResponse<String>> answers = new ArrayList<>();
    Eventually.await(method + " " + path + " is taken", PATIENCE, () -> {
      answers.add(sendOnce(node, method, path, body));
      return answers.getLast().statusCode() != UNAVAILABLE;
    });
    HttpResponse<String> answer = answers.getLast();
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return new JsonObject(answer.body());
  }

  private static JsonObject batch(int jobs) {
    JsonArray all = new JsonArray();
    for (int i = 1; i <= jobs; i++) {
      JsonObject spec = new JsonObject().put("sourcecode", "print(" + i + ")");
      all.add(new JsonObject().put("ref", "student " + i).put("run_spec", spec));
    }
    return new JsonObject()
        .put("lane", "bulk")
        .put("paused", true)
        .put("sample", jobs / 3)
        .put("template", new JsonObject().put("language_id", "python3").put("sourcecode", "?"))
        .put("jobs", all);
  }

  private HttpResponse<String> sendOnce(
      GatewayFixture node, String method, String path, @Nullable JsonObject body) {
    HttpRequest request = HttpRequest.newBuilder(node.url().resolve(path))
        .timeout(PATIENCE)
        .method(
            method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()))
        .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
