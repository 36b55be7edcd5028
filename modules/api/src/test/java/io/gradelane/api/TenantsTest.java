package io.gradelane.api;

import static io.gradelane.api.JobsHouse.BATCHES;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.gradelane.testkit.StubAnswer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What belongs to one key is not there for another, unless that has scope admin. */
final class TenantsTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.start();
  private static final String ANNA = "X-API-KEY: anna's key";
  private static final String BEN = "X-API-KEY: ben's key";
  private static final String OPERATOR = "X-API-KEY: operator's key";

  private final AtomicInteger runs = new AtomicInteger();
  private JobsHouse jobs;

  @BeforeEach
  void open() {
    Plan plan = new Plan();
    plan.servers = 1;
    plan.keys = List.of(
        House.key("anna", "anna's key", Set.of(), Set.of("run")),
        House.key("ben", "ben's key", Set.of(), Set.of("run")),
        House.key("op", "operator's key", Set.of(), Set.of("run", "admin")));
    jobs = new JobsHouse(POSTGRES, plan);
    jobs.house.stub(1).answering(spec -> {
      runs.incrementAndGet();
      return StubAnswer.result(15, "", "out", "");
    });
  }

  @AfterEach
  void close() {
    jobs.close();
  }

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  @Test
  void anothersBatchIsNotThere() {
    JsonObject batch = ended(JobsHouse.batch(1), ANNA);
    String path = BATCHES + "/" + batch.getString("id");
    String job = "/api/v1/jobs/" + batch.getString("firstJob");

    for (String asked :
        List.of(path, path + "/jobs", path + "/results", path + "/events", job, job + "/result")) {
      assertThat(jobs.house.get(asked, ANNA).status()).as(asked).isEqualTo(200);
      assertThat(jobs.house.get(asked, OPERATOR).status()).as(asked).isEqualTo(200);
      assertThat(jobs.house.get(asked, BEN).status()).as(asked).isEqualTo(404);
    }
    assertThat(jobs.house.get(BATCHES, BEN).body()).doesNotContain(batch.getString("id"));
    assertThat(jobs.house.get(BATCHES, OPERATOR).body()).contains(batch.getString("id"));
    assertThat(send("PATCH", path, "{\"cancelled\":true}", BEN)).isEqualTo(404);
    assertThat(send("POST", path + "/redrive", "{\"reason\":\"x\"}", BEN)).isEqualTo(404);
  }

  @Test
  void nobodyErasesWhatIsAnothers() {
    JsonObject batch = ended(JobsHouse.batch(1), ANNA);
    String path = "/api/v1/jobs?ref=student%201&batch=" + batch.getString("id");

    assertThat(erased(path, BEN)).isZero();
    assertThat(
            jobs.house.get("/api/v1/jobs/" + batch.getString("firstJob"), ANNA).body())
        .contains("student 1");
    assertThat(erased(path, ANNA)).isEqualTo(1);
  }

  @Test
  void theSameIdempotencyKeyIsAnotherOneOfAnother() {
    String key = "Idempotency-Key: " + UUID.randomUUID();
    String hook = "{\"url\":\"https://hook.example.edu/\"}";
    Wire.Answer hers = jobs.house.post("/api/v1/webhooks", hook, ANNA, key);
    Wire.Answer his = jobs.house.post("/api/v1/webhooks", hook, BEN, key);

    assertThat(his.status()).isEqualTo(201);
    assertThat(his.header("Idempotency-Replayed")).isEmpty();
    assertThat(his.body()).isNotEqualTo(hers.body());

    String again = "Idempotency-Key: " + UUID.randomUUID();
    String whole = JobsHouse.batch(1).put("paused", true).encode();
    String hersId = jobs.house.post(BATCHES, whole, ANNA, again).header("Location");
    assertThat(jobs.house.post(BATCHES, whole, BEN, again).header("Location"))
        .startsWith(BATCHES)
        .isNotEqualTo(hersId);
  }

  @Test
  void aResultThatOneHasIsNotKnownToAnother() {
    ended(JobsHouse.batch(1).put("cache", true), ANNA);
    ended(JobsHouse.batch(1).put("cache", true), BEN);
    assertThat(runs).hasValue(2);

    ended(JobsHouse.batch(1).put("cache", true), BEN);
    assertThat(runs).hasValue(2);
  }

  /** What was told of it when it was submitted. */
  private JsonObject ended(JsonObject batch, String key) {
    JsonObject submitted = jobs.submit(batch, key);
    String path = BATCHES + "/" + submitted.getString("id");
    Eventually.await(
        "it has ended",
        () -> new JsonObject(jobs.house.get(path, key).body()).getString("endedAt") != null);
    return submitted;
  }

  private int erased(String path, String key) {
    Wire.Answer answer = jobs.house.send(House.request("DELETE", path, "", key));
    return new JsonObject(answer.body()).getInteger("erased");
  }

  private int send(String method, String path, String body, String key) {
    return jobs.house.send(House.request(method, path, body, key)).status();
  }
}
