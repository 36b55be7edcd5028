package io.gradelane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.lane.ExamWindow;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.StubAnswer;
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
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators and graders do over {@code /api/v1}, on a node with its real dispatcher. */
final class InterfaceTest {

  private final Vertx vertx = Vertx.vertx();
  private final StubJobe stub = StubJobe.start(vertx);
  private final HttpClient http = HttpClient.newHttpClient();
  private final Students students = new Students();
  private GatewayFixture gateway;

  @BeforeEach
  void start() {
    gateway = GatewayFixture.start(
        new GatewayFixture.Plan().server(stub, 2).patience(Duration.ofSeconds(20)));
  }

  @AfterEach
  void stop() {
    stub.releaseAll();
    students.close();
    gateway.close();
    http.close();
    Blocking.get(vertx.close());
  }

  @Test
  void aPausedLaneLetsWhatArrivesWaitAndSaysWhy() throws Exception {
    String etag = get("/api/v1/lanes/default").headers().firstValue("etag").orElseThrow();
    HttpResponse<String> paused = patch("/api/v1/lanes/default", etag, "{\"paused\": true}");
    assertThat(paused.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(paused.body()).getBoolean("paused")).isTrue();

    students.check(gateway.client(), Students.task(1, 0));
    Eventually.await("it waits", () -> !waiting().isEmpty());
    String run = waiting().getJsonObject(0).getString("run");
    JsonObject why = new JsonObject(get("/api/v1/runs/" + run + "/why").body());
    assertThat(why.getString("waitsFor")).isEqualTo("LANE_PAUSED");
    assertThat(why.getString("words")).contains("paused");
    assertThat(stub.held()).isZero();

    String next = paused.headers().firstValue("etag").orElseThrow();
    assertThat(patch("/api/v1/lanes/default", next, "{\"paused\": false}").statusCode())
        .isEqualTo(200);
    assertThat(students.results()).allMatch(Students.Check::right);
  }

  @Test
  void aCapActsOnTheNextGrant() throws Exception {
    patch("/api/v1/lanes/default", "*", "{\"cap\": 1}");
    stub.holdReplies();
    students.check(gateway.client(), Students.task(1, 0));
    students.check(gateway.client(), Students.task(2, 0));
    Eventually.await(
        "one runs and one waits", () -> stub.held() == 1 && waiting().size() == 1);
    patch("/api/v1/lanes/default", "*", "{\"cap\": null}");
    Eventually.await("both run", () -> stub.held() == 2);
    stub.releaseAll();
    assertThat(students.results()).allMatch(Students.Check::right);
  }

  @Test
  void anExamWindowPausesItsLanesAndRaisesTheReserveByItself() throws Exception {
    Instant now = Instant.now();
    ExamWindow exam =
        new ExamWindow("exam", now.minusSeconds(60), now.plusSeconds(3600), 5, Set.of("bulk"));
    try (StubJobe large = StubJobe.start(vertx);
        GatewayFixture kept =
            GatewayFixture.start(new GatewayFixture.Plan().server(large, 10).window(exam))) {
      JsonObject bulk = new JsonObject(get(kept, "/api/v1/lanes/bulk").body());
      assertThat(bulk.getBoolean("paused")).isFalse();
      assertThat(bulk.getBoolean("pausedByWindow")).isTrue();
      JsonObject pool = new JsonObject(get(kept, "/api/v1/lanes").body()).getJsonObject("pool");
      assertThat(pool.getInteger("reserve")).isEqualTo(5);
    }
  }

  @Test
  void aChangeNeedsTheVersionThatWasSeen() throws Exception {
    assertThat(send("PATCH", "/api/v1/lanes/bulk", null, "{}").statusCode()).isEqualTo(428);
    assertThat(patch("/api/v1/lanes/bulk", "\"7\"", "{\"cap\": 1}").statusCode())
        .isEqualTo(412);
    assertThat(patch("/api/v1/lanes/nosuch", "*", "{\"cap\": 1}").statusCode()).isEqualTo(404);
  }

  @Test
  void everyMistakeInAChangeIsSaidAtOnce() throws Exception {
    HttpResponse<String> answer =
        patch("/api/v1/lanes/bulk", "*", "{\"cap\": 0, \"patience\": \"soon\", \"colour\": 1}");
    assertThat(answer.statusCode()).isEqualTo(422);
    JsonArray errors = new JsonObject(answer.body()).getJsonArray("errors");
    assertThat(errors.stream().map(each -> ((JsonObject) each).getString("pointer")))
        .containsExactlyInAnyOrder("/cap", "/patience", "/colour");
  }

  @Test
  void aRunThatNobodyKnowsIsNotFound() throws Exception {
    HttpResponse<String> unknown = get("/api/v1/runs/0190a0a0-0000-7000-8000-000000000000/why");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("/api/v1/runs?from=").contains("gradelane runs");
    assertThat(get("/api/v1/runs/seven/why").statusCode()).isEqualTo(400);
  }

  @Test
  void aGroupRunsInParallelAndIsAnsweredInItsOrder() throws Exception {
    stub.taking(spec -> Duration.ofMillis(spec.getString("sourcecode").equals("slow") ? 200 : 1));
    JsonObject answer = new JsonObject(post(
            "/api/v1/run-groups",
            group("slow", "b", "c", "d").put("lane", "exam").encode())
        .body());
    JsonArray results = answer.getJsonArray("results");
    assertThat(results).hasSize(4);
    for (int i = 0; i < 4; i++) {
      JsonObject result = results.getJsonObject(i);
      String source = i == 0 ? "slow" : String.valueOf((char) ('a' + i));
      assertThat(result.getString("ref")).isEqualTo("t" + i);
      assertThat(result.getInteger("status")).isEqualTo(200);
      assertThat(result.getJsonObject("result").getInteger("outcome")).isEqualTo(15);
      assertThat(result.getJsonObject("result").getString("stdout"))
          .isEqualTo(StubAnswer.echo(source, "", Map.of()));
    }
    assertThat(stub.counts().mostInFlight()).isEqualTo(2);
  }

  @Test
  void oneBadRunOfAGroupTakesNothingFromTheOthers() throws Exception {
    JsonObject group = group("a", "b");
    group
        .getJsonArray("runs")
        .getJsonObject(0)
        .getJsonObject("run_spec")
        .put("language_id", "klingon");
    JsonArray results =
        new JsonObject(post("/api/v1/run-groups", group.encode()).body()).getJsonArray("results");
    assertThat(results.getJsonObject(0).getInteger("status")).isEqualTo(400);
    assertThat(results.getJsonObject(0).getString("error"))
        .isEqualTo("Language 'klingon' is not known");
    assertThat(results.getJsonObject(1).getJsonObject("result").getInteger("outcome"))
        .isEqualTo(15);
  }

  @Test
  void aGroupOfWhichNothingCanStartIsToldWhenToComeBack() throws Exception {
    patch("/api/v1/lanes/default", "*", "{\"maxQueued\": 0, \"paused\": true}");
    HttpResponse<String> answer = post("/api/v1/run-groups", group("a", "b").encode());
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
    assertThat(new JsonObject(answer.body()).getString("detail")).contains("lane default");
  }

  @Test
  void aGroupThatIsNoneIsRefusedWithEverythingThatIsWrong() throws Exception {
    HttpResponse<String> answer =
        post("/api/v1/run-groups", "{\"lanes\": 1, \"runs\": [{\"run_spec\": 5}]}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("/lanes").contains("/runs/0");
    assertThat(post("/api/v1/run-groups", group("a").put("lane", "nosuch").encode())
            .statusCode())
        .isEqualTo(422);
    assertThat(post("/api/v1/run-groups", "[]").statusCode()).isEqualTo(400);
  }

  private static JsonObject group(String... sources) {
    JsonArray runs = new JsonArray();
    for (int i = 0; i < sources.length; i++) {
      JsonObject spec =
          new JsonObject().put("language_id", "python3").put("sourcecode", sources[i]);
      runs.add(new JsonObject().put("ref", "t" + i).put("run_spec", spec));
    }
    return new JsonObject().put("runs", runs);
  }

  private JsonArray waiting() {
    try {
      return new JsonObject(get("/api/v1/runs").body()).getJsonArray("runs");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(gateway, path);
  }

  private HttpResponse<String> get(GatewayFixture node, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(node.url().resolve(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send("POST", path, null, body);
  }

  private HttpResponse<String> patch(String path, String ifMatch, String body)
      throws IOException, InterruptedException {
    return send("PATCH", path, ifMatch, body);
  }

  private HttpResponse<String> send(
      String method, String path, @Nullable String ifMatch, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url().resolve(path))
        .method(method, BodyPublishers.ofString(body));
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
