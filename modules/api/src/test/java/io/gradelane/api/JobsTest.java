package io.gradelane.api;

import static io.gradelane.api.JobsHouse.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.core.job.BatchId;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.gradelane.testkit.StubAnswer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Durable jobs from their submission to their result, through a real PostgreSQL. */
final class JobsTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.killable();

  /** Every renewal of a session comes when its time is over. */
  private static final String LATE = """
      CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN NEW.lives_until := clock_timestamp() - interval ''1 second''; RETURN NEW; END';
      CREATE TRIGGER late BEFORE UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION late();
      UPDATE sessions SET lives_until = clock_timestamp()""";

  private static final String IN_TIME = "DROP FUNCTION late() CASCADE";

  private JobsHouse jobs;
  private House house;

  @BeforeEach
  void open() {
    jobs = new JobsHouse(POSTGRES, new Plan());
    house = jobs.house;
  }

  @AfterEach
  void close() {
    jobs.stopWork();
    assertThat(house.permits().out).as("permits that were not given back").isEmpty();
    jobs.close();
  }

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  @Test
  void aBatchIsRunToItsEndAndEveryResultKept() {
    house.stub(1).answering(spec -> StubAnswer.result(15, "", spec.getString("sourcecode"), ""));
    String batch = submit(batch(30));

    JsonObject ended = awaitEnd(batch);

    assertThat(ended.getJsonObject("progress").getInteger("finished")).isEqualTo(30);
    JsonArray jobs = get("/api/v1/batches/" + batch + "/jobs?size=500").getJsonArray("jobs");
    assertThat(jobs).hasSize(30);
    JsonObject seventh = jobs.getJsonObject(6);
    assertThat(seventh.getString("ref")).isEqualTo("student 7");
    assertThat(seventh.getInteger("outcome")).isEqualTo(15);
    assertThat(seventh.getJsonObject("result").getString("stdout")).isEqualTo("print(7)");
    JsonObject job = get("/api/v1/jobs/" + seventh.getString("id"));
    assertThat(house.get("/api/v1/jobs/" + seventh.getString("id") + "/result").body())
        .isEqualTo(StubAnswer.result(15, "", "print(7)", "").body());
    JsonObject attempt = job.getJsonArray("history").getJsonObject(0);
    assertThat(attempt.getString("server")).isEqualTo("s1");
    assertThat(attempt.getInteger("load")).as("when it was granted").isPositive();
    assertThat(attempt.getInteger("slots")).isEqualTo(4);
  }

  @Test
  void whatTheEngineDoesIsMeasured() {
    awaitEnd(submit(batch(30)));

    for (String meter : List.of(
        "gradelane_jobs_ended_total{lane=\"bulk\",state=\"finished\"} 30.0",
        "gradelane_jobs_claims_total{result=\"claimed\"} 30.0",
        "gradelane_jobs_running{lane=\"bulk\"} 0.0",
        "gradelane_jobs_spool_bytes 0.0",
        "gradelane_jobs_group_count{kind=\"finish\"}",
        "gradelane_jobs_left{lane=\"bulk\"} 0.0")) {
      Eventually.await(meter, () -> house.get("/metrics").body().contains(meter));
    }
  }

  @Test
  void aSingleJobIsKeptToo() {
    Wire.Answer answer = house.post("/api/v1/jobs", House.spec("print(1)"));
    assertThat(answer.status()).isEqualTo(201);
    String job = new JsonObject(answer.body()).getString("firstJob");

    Eventually.await(
        "it is finished", () -> get("/api/v1/jobs/" + job).getString("state").equals("finished"));
  }

  @Test
  void whatWaitsForItsGrantIsLetGoByAPauseAndRunsAfterIt() {
    house.permits().hold();
    String batch = submit(batch(5));
    Eventually.await("all ask for a permit", () -> house.permits().waitingCount() == 5);

    assertThat(patch(batch, new JsonObject().put("paused", true)).getString("paused"))
        .isEqualTo("by anonymous");
    Eventually.await("nobody asks any more", () -> house.permits().waitingCount() == 0);
    patch(batch, new JsonObject().put("paused", false));
    Eventually.await("all ask again", () -> house.permits().waitingCount() == 5);
    int withdrawnAndAskedAgain = 10;
    for (int i = 0; i < withdrawnAndAskedAgain; i++) {
      house.permits().grantNext();
    }
    assertThat(awaitEnd(batch).getJsonObject("progress").getInteger("finished")).isEqualTo(5);
  }

  @Test
  void aChangeOfWhatHasChangedSinceIsRefused() {
    house.permits().hold();
    String path = "/api/v1/batches/" + submit(batch(2));
    String seen = house.get(path).header("etag");
    String pause = "{\"paused\":true}";

    assertThat(
            house.send(House.request("PATCH", path, pause, "If-Match: " + seen)).status())
        .isEqualTo(200);
    Wire.Answer late =
        house.send(House.request("PATCH", path, "{\"paused\":false}", "If-Match: " + seen));
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.body()).contains("the entity tag is \\\"2\\\"");
    assertThat(
            house.send(House.request("PATCH", path, pause, "If-Match: seven")).status())
        .isEqualTo(412);
    assertThat(house
            .send(House.request("PATCH", path, "{\"cancelled\":true}", "If-Match: *"))
            .status())
        .isEqualTo(200);
  }

  @Test
  void whatTheQueryMayNotSayIsAnError() {
    String jobs = "/api/v1/batches/" + submit(batch(1)) + "/jobs";

    assertThat(house.get(jobs + "?state=lost").body())
        .contains("state: 'lost' (expected: one of waiting, running, finished, dead, cancelled)");
    assertThat(house.get(jobs + "?size=many").body())
        .contains("size: 'many' (expected: a whole number, 1 or more)");
    assertThat(house.get(jobs + "?size=0").status()).isEqualTo(400);
    assertThat(house.get(jobs + "?after=7").body()).contains("after: '7' (expected: a UUID)");
    assertThat(house.get(jobs + "?stat=dead").body())
        .contains("stat: unknown (expected: one of after, reason, refPrefix, size, state)");
    assertThat(house.get(jobs + "?size=%zz").status()).isEqualTo(400);
    assertThat(house.get("/api/v1/cluster?all=1").body()).contains("(expected: no parameters)");
  }

  @Test
  void aCancelledBatchEndsWithoutARun() {
    house.permits().hold();
    String batch = submit(batch(5));
    Eventually.await("all ask for a permit", () -> house.permits().waitingCount() == 5);

    patch(batch, new JsonObject().put("cancelled", true));

    assertThat(awaitEnd(batch).getJsonObject("progress").getInteger("cancelled"))
        .isEqualTo(5);
    Wire.Answer late =
        house.send(House.request("PATCH", "/api/v1/batches/" + batch, "{\"paused\":true}"));
    assertThat(late.status()).isEqualTo(409);
  }

  @Test
  void theSampleGoesFirst() {
    String batch = submit(batch(10).put("sample", 3));
    Eventually.await(
        "the sample has ended", () -> get("/api/v1/batches/" + batch).getBoolean("sampleHasEnded"));
    assertThat(get("/api/v1/batches/" + batch).getJsonObject("progress").getInteger("left"))
        .isEqualTo(7);

    patch(batch, new JsonObject().putNull("sample"));

    assertThat(awaitEnd(batch).getJsonObject("progress").getInteger("finished")).isEqualTo(10);
  }

  @Test
  void aBatchOfWhichTooManyAreDeadIsPausedByItself() {
    house.permits().hold();
    house.stubs.forEach(stub -> stub.answering(spec -> StubAnswer.error(400, "no")));
    String batch = submit(batch(30).put("stopPercent", 50));

    for (int i = 0; i < 20 && !isPaused(batch); i++) {
      Eventually.await(
          "one asks, if it is not paused already",
          () -> house.permits().waitingCount() > 0 || isPaused(batch));
      house.permits().grantNext();
    }

    Eventually.await("it is paused", () -> isPaused(batch));
    JsonObject paused = get("/api/v1/batches/" + batch);
    assertThat(paused.getString("paused")).contains("more than 50 % are dead");
    assertThat(paused.getJsonObject("progress").getInteger("left")).isGreaterThanOrEqualTo(10);
    Eventually.await("nobody asks any more", () -> house.permits().waitingCount() == 0);
  }

  private boolean isPaused(String batch) {
    return get("/api/v1/batches/" + batch).getString("paused") != null;
  }

  @Test
  void whatNoServerCanRunIsDeadAndSaysWhy() {
    JsonObject body = batch(1);
    body.getJsonObject("template").put("language_id", "klingon");
    String batch = submit(body);

    assertThat(awaitEnd(batch).getJsonObject("progress").getInteger("dead")).isEqualTo(1);
    JsonArray dead = get("/api/v1/batches/" + batch + "/jobs?state=dead").getJsonArray("jobs");
    assertThat(dead.getJsonObject(0).getString("reason")).startsWith("status 400");
  }

  @Test
  void whatIsFinishedWhileTheDatabaseIsAwayIsKeptWhenItIsBack() {
    house.stub(1).holdReplies();
    String batch = submit(batch(3));
    Eventually.await("all are with the server", () -> house.stub(1).held() == 3);
    POSTGRES.kill();
    house.stub(1).releaseAll();
    Eventually.await("all have ended", () -> house.permits().out.isEmpty());
    assertThat(house.post("/api/v1/batches", batch(1).encode()).status()).isEqualTo(503);
    POSTGRES.revive();

    JsonObject ended = awaitEnd(batch);
    assertThat(ended.getJsonObject("progress").getInteger("finished")).isEqualTo(3);
    assertThat(ended.getJsonObject("progress").getInteger("lost")).isZero();
  }

  @Test
  void whatComesWhileANodeLeavesIsLeftToOthers() {
    house.stub(1).holdReplies();
    String before = submit(batch(1));
    Eventually.await("it is with the server", () -> house.stub(1).held() == 1);
    Future<Void> leaving = jobs.leave();
    String meanwhile = submit(batch(1));
    house.stub(1).releaseAll();
    Blocking.get(leaving);

    assertThat(finished(before)).isOne();
    assertThat(finished(meanwhile)).isZero();
    jobs.startEngine();
    Eventually.await("somebody runs it", () -> finished(meanwhile) == 1);
  }

  private int finished(String batch) {
    return Blocking.get(jobs.store.batches().find(BatchId.parse(batch)))
        .orElseThrow()
        .progress()
        .finished();
  }

  /** What the engine looks at is locked, so that it waits for its answer until the lock is gone. */
  @Test
  void theSessionIsRenewedWhileOtherStatementsWait() {
    Pool beside = beside();
    SqlConnection holder = Blocking.get(beside.getConnection());
    Blocking.get(
        holder.query("BEGIN; LOCK TABLE batches IN ACCESS EXCLUSIVE MODE").execute());

    Set<Object> seen = new HashSet<>();
    Eventually.await("it is renewed twice", () -> {
      Blocking.get(beside.query("SELECT max(lives_until) FROM sessions").execute())
          .forEach(row -> seen.add(row.getValue(0)));
      return seen.size() > 2;
    });

    Blocking.get(holder.query("COMMIT").execute());
    Blocking.get(beside.close());
  }

  /** As long as its renewals come too late nothing can be claimed under it, and nobody ends it: this node is alone. */
  @Test
  void whatCouldNotBeClaimedWhileTheSessionWasLateIsAskedForAgain() {
    house.permits().hold();
    String batch = submit(batch(10).put("sample", 3));
    Eventually.await("the sample asks", () -> house.permits().waitingCount() == 3);
    Pool beside = beside();
    Blocking.get(beside.query(LATE).execute());
    try {
      for (int i = 0; i < 3; i++) {
        house.permits().grantNext();
      }
      Eventually.await(
          "nothing could be claimed",
          () -> house.count("gradelane.jobs.claims", "result", "missed") == 3);
    } finally {
      Blocking.get(beside.query(IN_TIME).execute());
    }

    Eventually.await("the sample asks again, and ends", () -> {
      house.permits().grantAll();
      return get("/api/v1/batches/" + batch).getBoolean("sampleHasEnded");
    });
    patch(batch, new JsonObject().put("cancelled", true));
    Blocking.get(beside.close());
  }

  private Pool beside() {
    return PgBuilder.pool()
        .connectingTo(new PgConnectOptions()
            .setHost(POSTGRES.host())
            .setPort(POSTGRES.port())
            .setDatabase(POSTGRES.database())
            .setUser(POSTGRES.user())
            .setPassword(POSTGRES.password()))
        .using(house.vertx)
        .build();
  }

  @Test
  void theLogTellsEveryChangeOnceFromACursor() {
    String batch = submit(batch(4));
    awaitEnd(batch);
    JsonObject first = get("/api/v1/batches/" + batch + "/events?size=1");
    JsonObject rest =
        get("/api/v1/batches/" + batch + "/events?from=" + first.getString("cursor") + "&size=500");

    assertThat(first.getJsonArray("events").getJsonObject(0).getString("kind"))
        .isEqualTo("submitted");
    assertThat(rest.getJsonArray("events"))
        .extracting(event -> ((JsonObject) event).getString("kind"))
        .doesNotContain("submitted")
        .endsWith("ended");
    assertThat(rest.getJsonArray("events").stream()
            .mapToInt(event -> ((JsonObject) event).getJsonArray("jobs").size())
            .sum())
        .isEqualTo(4);
  }

  @Test
  void whatIsWrongIsSaidWithItsPlace() {
    JsonObject body = batch(2).put("lane", "nowhere");
    assertThat(house.post("/api/v1/batches", body.encode()).body()).contains("'nowhere'");
    body = batch(2);
    body.getJsonArray("jobs").add("no job");
    Wire.Answer answer = house.post("/api/v1/batches", body.encode());
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("/jobs/2");
    assertThat(house.get("/api/v1/batches/nonsense").status()).isEqualTo(404);
    assertThat(house.get("/api/v1/jobs/nonsense").status()).isEqualTo(404);
  }

  @Test
  void withoutADatabaseNothingIsAccepted() {
    jobs.withoutDatabase(() -> {
      Wire.Answer answer = house.post("/api/v1/batches", batch(1).encode());
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("5");
    });
  }

  private String submit(JsonObject batch) {
    return jobs.submit(batch).getString("id");
  }

  private JsonObject awaitEnd(String batch) {
    Eventually.await(
        "the batch has ended", () -> get("/api/v1/batches/" + batch).getString("endedAt") != null);
    return get("/api/v1/batches/" + batch);
  }

  private JsonObject patch(String batch, JsonObject change) {
    Wire.Answer answer =
        house.send(House.request("PATCH", "/api/v1/batches/" + batch, change.encode()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  /** An empty object while the database is away. */
  private JsonObject get(String path) {
    Wire.Answer answer = house.get(path);
    return answer.status() == 503 ? new JsonObject() : new JsonObject(answer.body());
  }
}
