package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.bus.Listening;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.ManualTicker;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OperatingTest {

  private House house;

  @BeforeEach
  void open() {
    house = new House();
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void probesSayThatItIsUpEvenWithoutAnyServer() {
    house.stub(1).kill();
    house.stub(2).kill();

    for (String probe : List.of("/livez", "/readyz", "/startupz")) {
      Wire.Answer answer = house.get(probe);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("\"status\":\"up\"");
    }
  }

  @Test
  void itIsNotReadyOnceItLeaves() {
    house.readiness.leave();

    assertThat(house.get("/readyz").status()).isEqualTo(503);
    assertThat(house.get("/livez").status()).isEqualTo(200);
  }

  @Test
  void metersHaveTheirPublishedNames() {
    house.run();

    assertThat(house.get("/metrics").body())
        .contains("gradelane_run_wait_seconds_bucket{lane=\"default\"")
        .contains("gradelane_run_duration_seconds_count{lane=\"default\",language=\"python3\"")
        .contains("gradelane_runs_total{lane=\"default\",outcome=\"15\"} 1.0")
        .contains("gradelane_build_info{version=")
        .contains("gradelane_eventloop_lag_seconds");
  }

  @Test
  void whatIsNotThereIsAProblem() {
    Wire.Answer answer = house.get("/nothing?secret=1", "X-Request-Id: r7");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(new JsonObject(answer.body()).getMap())
        .containsEntry("code", "not_found")
        .containsEntry("requestId", "r7")
        .containsEntry("status", 404);
    assertThat(answer.body()).doesNotContain("secret");
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() {
    Wire.Answer answer = house.send(House.request("DELETE", "/api/v1/servers", ""));
    Wire.Answer probe = house.post("/livez", "");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("allow")).isEqualTo("GET");
    assertThat(probe.status()).isEqualTo(405);
    assertThat(probe.header("allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void aBodyOverTheLimitIsAProblemOutsideOfJobesFace() {
    String length = "Content-Length: 99999999";
    Wire.Answer answer = house.send(House.request("POST", "/api/v1/servers/refresh", "", length));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
  }

  @Test
  void theClusterIsShownEvenWhereNobodyDispatches() {
    JsonObject shown = new JsonObject(house.get("/api/v1/cluster").body());

    assertThat(shown.getString("node")).isEqualTo("n1");
    JsonObject member = shown.getJsonArray("members").getJsonObject(0);
    assertThat(member.getString("version")).isEqualTo("dev");
    assertThat(member.getJsonArray("probes")).containsExactly("s1", "s2");
    assertThat(shown.getJsonArray("pools").getJsonObject(0).getMap())
        .containsEntry("pool", "main")
        .containsEntry("owner", null)
        .containsEntry("grants", false);
    assertThat(shown.getJsonArray("skew")).isEmpty();
  }

  @Test
  void theClusterShowsWhoDispatches() {
    Listening.to(
        house.vertx.eventBus(),
        Addresses.questions("main", "n1"),
        PoolQuestion.WhoOwns.class,
        question -> question.reply(new PoolAnswer.Owned("n2", 7, true)));

    JsonObject shown = new JsonObject(house.get("/api/v1/cluster").body());

    assertThat(shown.getJsonArray("pools").getJsonObject(0).getMap())
        .containsEntry("owner", "n2")
        .containsEntry("term", 7)
        .containsEntry("grants", true);
  }

  @Test
  void serversAreListedWithoutTheirKeys() {
    JsonObject listed = new JsonObject(house.get("/api/v1/servers").body());

    JsonObject first = listed.getJsonArray("servers").getJsonObject(0);
    assertThat(first.getString("id")).isEqualTo("s1");
    assertThat(first.getString("state")).isEqualTo("ready");
    assertThat(first.getJsonObject("languages").getString("python3")).isEqualTo("3.11.2");
    assertThat(first.fieldNames()).doesNotContain("apiKey");
    assertThat(house.get("/api/v1/servers/s2").header("etag")).isEqualTo("\"1\"");
    assertThat(house.get("/api/v1/servers/s9").status()).isEqualTo(404);
  }

  @Test
  void aRefreshAsksHealthAndSaysWhatThereIs() {
    List<HealthCommand> asked = health(new HealthAnswer.Refreshed(house.servers.snapshot(), ""));

    for (String request : List.of(
        House.request("POST", "/api/v1/servers/refresh", ""),
        House.request("POST", "/force_update", ""),
        House.request("GET", "/force_update", ""))) {
      JsonObject answer = new JsonObject(house.send(request).body());
      assertThat(answer.getJsonArray("languages").encode()).isEqualTo("[[\"python3\",\"3.11.2\"]]");
      assertThat(answer.getJsonArray("servers")).hasSize(2);
    }
    assertThat(asked).hasSize(3).allMatch(HealthCommand.Refresh.class::isInstance);
  }

  @Test
  void aServerIsChangedByWhoHasSeenIt() {
    List<HealthCommand> asked = health(
        new HealthAnswer.Changed(Objects.requireNonNull(house.servers.snapshot().get("s1"))));

    assertThat(patch("{\"drain\":true}", "If-Match: \"1\"").status()).isEqualTo(200);
    assertThat(patch("{\"slots\":8,\"cores\":2}", "If-Match: *").status()).isEqualTo(200);
    assertThat(asked)
        .containsExactly(
            new HealthCommand.Drain("s1", 1),
            new HealthCommand.SetSlots("s1", HealthCommand.ANY_VERSION, 8, 2));
    assertThat(patch("{\"drain\":true}").status()).isEqualTo(428);
    assertThat(patch("{\"drain\":true}", "If-Match: x").status()).isEqualTo(412);
    assertThat(patch("{\"drain\":true,\"weight\":2}", "If-Match: *").status()).isEqualTo(422);
    assertThat(patch("{\"drain\":7}", "If-Match: *").body())
        .contains("\"pointer\":\"/drain\",\"detail\":\"7 (expected: true or false)\"");
    assertThat(patch("{\"drian\":true}", "If-Match: *").body())
        .contains("unknown (expected: one of cores, drain, slots, weight)");
    assertThat(patch("nonsense", "If-Match: *").status()).isEqualTo(400);
    assertThat(asked).hasSize(2);
  }

  private Wire.Answer patch(String body, String... headers) {
    return house.send(House.request("PATCH", "/api/v1/servers/s1", body, headers));
  }

  private List<HealthCommand> health(HealthAnswer answer) {
    List<HealthCommand> asked = new CopyOnWriteArrayList<>();
    house.vertx.eventBus().<HealthCommand>consumer(Addresses.health("main", "n1"), message -> {
      asked.add(message.body());
      message.reply(answer);
    });
    return asked;
  }

  @Test
  void operatorsAreToldWhenNobodyWatchesTheServers() {
    Wire.Answer answer = house.post("/api/v1/servers/refresh", "");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isNotEmpty();
  }

  @Test
  void drainLosesNothingAndClosesEachConnectionBehindItsAnswer() {
    house.stub(1).holdReplies();
    try (Wire idle = house.open();
        Wire running = house.open();
        Wire late = house.open()) {
      assertThat(idle.send(House.request("GET", "/livez", "")).answer().status())
          .isEqualTo(200);
      late.send("POST " + House.RUNS + " HTTP/1.1\r\nHost: a\r\nContent-Length: "
          + House.HELLO.length() + "\r\n\r\n");
      running.send(House.request("POST", House.RUNS, House.HELLO));
      Eventually.await("it runs", () -> house.stub(1).held() == 1);

      Future<Void> drained = house.verticle.drain();

      assertThat(idle.isClosed()).isTrue();
      late.send(House.HELLO);
      Eventually.await("the late one runs too", () -> house.stub(1).held() == 2);
      assertThat(drained.isComplete()).isFalse();
      house.stub(1).releaseAll();
      Wire.Answer answer = running.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(late.answer().status()).isEqualTo(200);
      assertThat(running.isClosed()).isTrue();
      Blocking.get(drained);
    }
  }

  @Test
  void duringTheDrainsDelayRequestsAreStillAnswered() {
    House.Plan plan = new House.Plan();
    plan.drainDelay = Duration.ofMinutes(5);
    try (House leaving = new House(plan)) {
      Future<Void> drained = leaving.verticle.drain();
      Wire.Answer ready = leaving.get("/readyz");
      Wire.Answer run = leaving.run();

      assertThat(ready.status()).isEqualTo(503);
      assertThat(run.status()).isEqualTo(200);
      assertThat(run.header("connection")).isEqualTo("close");
      assertThat(drained.isComplete()).isFalse();
    }
  }

  @Test
  void whoeverIsSilentForTooLongIsLetGoButNotWhoWaits() {
    ManualTicker ticker = new ManualTicker();
    House.Plan plan = new House.Plan();
    plan.nanos = ticker;
    try (House patient = new House(plan);
        Wire silent = patient.open();
        Wire halfHead = patient.open();
        Wire halfBody = patient.open();
        Wire waiting = patient.open()) {
      patient.stub(1).holdReplies();
      halfHead.send("GET /livez HTT");
      halfBody.send(
          "POST " + House.RUNS + " HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nhalf");
      waiting.send(House.request("POST", House.RUNS, House.HELLO));
      Eventually.await("it runs", () -> patient.stub(1).held() == 1);
      ticker.advance(Duration.ofSeconds(80));

      assertThat(silent.isClosed()).isTrue();
      assertThat(halfHead.isClosed()).isTrue();
      assertThat(halfBody.isClosed()).isTrue();
      patient.stub(1).releaseOne();
      assertThat(waiting.answer().status()).isEqualTo(200);
    }
  }
}
