package io.gradelane.api;

import static io.gradelane.api.JobsHouse.BATCHES;
import static io.gradelane.api.JobsHouse.LINES;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.testkit.PostgresFixture;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent twice under one key is done once. */
final class IdempotencyTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.start();

  private static final String LINE_BY_LINE =
      "{\"paused\":true,\"name\":\"once\"}\n{\"run_spec\":{\"language_id\":\"c\"}}\n";
  private static final String WHOLE =
      "{\"paused\":true,\"name\":\"once\",\"jobs\":[{\"run_spec\":{\"language_id\":\"c\"}}]}";

  @TempDir
  Path dataDir;

  private final String key = "Idempotency-Key: " + UUID.randomUUID();
  private JobsHouse jobs;

  @BeforeEach
  void open() {
    jobs = new JobsHouse(POSTGRES, new Plan(), dataDir);
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
  void theSameAgainGetsTheSameAnswerAndIsKeptOnce() {
    Wire.Answer first = jobs.house.post(BATCHES, WHOLE, key);
    String batch = new JsonObject(first.body()).getString("id");
    jobs.patch(batch, "{\"priority\":7}");
    int before = batches();

    Wire.Answer again = jobs.house.post(BATCHES, WHOLE, key);

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.header("Location")).isEqualTo(BATCHES + "/" + batch);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(batches()).isEqualTo(before);
  }

  @Test
  void anotherBodyOrAnotherPathUnderTheSameKeyIsAMistake() {
    jobs.house.post(BATCHES, LINE_BY_LINE, key, LINES);

    assertThat(jobs.house.post(BATCHES, LINE_BY_LINE + "\n", key, LINES).status())
        .isEqualTo(422);
    assertThat(jobs.house.post("/api/v1/jobs", House.HELLO, key).body()).contains("key_reused");
    assertThat(jobs.house.post(BATCHES, LINE_BY_LINE, key, LINES).status()).isEqualTo(201);
    assertThat(jobs.spooled()).isEmpty();
  }

  @Test
  void theSameBodyToAnotherPathIsAMistakeToo() {
    String one = new JsonObject(jobs.house.post(BATCHES, WHOLE).body()).getString("id");
    String other = new JsonObject(jobs.house.post(BATCHES, WHOLE).body()).getString("id");

    assertThat(jobs.house.post(BATCHES + "/" + one + "/redrive", "", key).status())
        .isEqualTo(200);
    assertThat(jobs.house.post(BATCHES + "/" + other + "/redrive", "", key).body())
        .contains("key_reused");
  }

  @Test
  void whatIsRefusedLeavesItsKey() {
    assertThat(jobs.house.post(BATCHES, "{\"jobs\":[]}", key).status()).isEqualTo(422);
    assertThat(jobs.house.post(BATCHES, LINE_BY_LINE + "{}\n", key, LINES).status())
        .isEqualTo(422);

    assertThat(jobs.house.post(BATCHES, WHOLE, key).status()).isEqualTo(201);
  }

  @Test
  void aSingleJobHasItsKeyToo() {
    Wire.Answer first = jobs.house.post("/api/v1/jobs", House.HELLO, key);
    Wire.Answer again = jobs.house.post("/api/v1/jobs", House.HELLO, key);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void aWebhookIsRegisteredOnceAndItsSecretIsTheFirstOne() {
    String body = "{\"url\": \"https://hook.example.edu/\"}";
    Wire.Answer first = jobs.house.post("/api/v1/webhooks", body, key);
    Wire.Answer again = jobs.house.post("/api/v1/webhooks", body, key);

    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body()).contains("whsec_");
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    String id = new JsonObject(first.body()).getString("id");
    assertThat(jobs.house.get("/api/v1/webhooks?size=500").body().split(id, -1)).hasSize(2);
  }

  @Test
  void aSecretIsRotatedOnceForEachKey() {
    String body = "{\"url\": \"https://hook.example.edu/\"}";
    String hook = new JsonObject(jobs.house.post("/api/v1/webhooks", body).body()).getString("id");
    String rotate = "/api/v1/webhooks/" + hook + "/rotate";
    Wire.Answer first = jobs.house.post(rotate, "", key);

    assertThat(jobs.house.post(rotate, "", key).body()).isEqualTo(first.body());
    assertThat(jobs.house.post(rotate, "", "Idempotency-Key: another").body())
        .isNotEqualTo(first.body());
  }

  @Test
  void aRedriveIsDoneOnceAndARefusedOneLeavesItsKey() {
    String batch = new JsonObject(jobs.house.post(BATCHES, WHOLE).body()).getString("id");
    String redrive = BATCHES + "/" + batch + "/redrive";
    assertThat(jobs.house.post(redrive, "{\"who\": 1}", key).status()).isEqualTo(422);

    Wire.Answer first = jobs.house.post(redrive, "", key);
    Wire.Answer again = jobs.house.post(redrive, "", key);

    assertThat(first.body()).isEqualTo("{\"redriven\":0}");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(jobs.house.post(redrive, "{\"reason\": \"x\"}", key).body()).contains("key_reused");
    assertThat(jobs.house.post(BATCHES, WHOLE, key).body()).contains("key_reused");
  }

  @Test
  void aReplayOfNothingLeavesItsKey() {
    String body = "{\"url\": \"https://hook.example.edu/\"}";
    String hook = new JsonObject(jobs.house.post("/api/v1/webhooks", body).body()).getString("id");
    String replay = "/api/v1/webhooks/" + hook + "/deliveries/" + UUID.randomUUID() + "/replay";

    assertThat(jobs.house.post(replay, "", key).status()).isEqualTo(404);
    assertThat(jobs.house.post("/api/v1/webhooks", body, key).status()).isEqualTo(201);
  }

  @Test
  void aKeyThatIsNoneIsSaid() {
    assertThat(jobs.house.post(BATCHES, WHOLE, "Idempotency-Key: a b").body())
        .contains("'a b'", "printable");
  }

  @Test
  void sentAtOnceOnManyConnectionsItIsKeptOnce() throws Exception {
    int before = batches();
    ExecutorService senders = Executors.newFixedThreadPool(8);
    try {
      List<Future<Wire.Answer>> sent = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        boolean lines = i % 2 == 0;
        sent.add(senders.submit(() -> lines
            ? jobs.house.post(BATCHES, LINE_BY_LINE, key, LINES)
            : jobs.house.post(BATCHES, LINE_BY_LINE, key, "Content-Type: application/jsonl")));
      }
      List<Wire.Answer> told = new ArrayList<>();
      for (Future<Wire.Answer> one : sent) {
        told.add(one.get(30, TimeUnit.SECONDS));
      }
      assertThat(told).extracting(Wire.Answer::status).containsOnly(201);
      assertThat(told)
          .extracting(Wire.Answer::body)
          .containsOnly(told.getFirst().body());
      assertThat(told)
          .filteredOn(one -> one.header("Idempotency-Replayed").isEmpty())
          .hasSize(1);
      assertThat(batches()).isEqualTo(before + 1);
    } finally {
      senders.shutdownNow();
    }
  }

  private int batches() {
    return jobs.get(BATCHES + "?size=500").getJsonArray("batches").size();
  }
}
