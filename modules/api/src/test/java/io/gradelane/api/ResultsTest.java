package io.gradelane.api;

import static io.gradelane.api.JobsHouse.BATCHES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradelane.api.House.Plan;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.gradelane.testkit.StubAnswer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All results of a batch in one answer. */
final class ResultsTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.killable();

  @TempDir
  Path dataDir;

  /** Nanoseconds that the gateway is to believe have passed besides. */
  private final AtomicLong passed = new AtomicLong();

  private JobsHouse jobs;

  @BeforeEach
  void open() {
    Plan plan = new Plan();
    plan.servers = 1;
    plan.maxBodyBytes = 1 << 22;
    plan.nanos = () -> System.nanoTime() + passed.get();
    jobs = new JobsHouse(POSTGRES, plan, dataDir);
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
  void eachLineTellsOneJobWithWhatItsProgramWroteAsItCame() {
    String odd =
        "{\"run_id\":null,\"outcome\":15,\"cmpinfo\":\"\",\"stdout\":\"\\ud83d\\ude00\\u0000\\n caf\\u00e9\",\n"
            + "\"stderr\":\"\\/\"}";
    String batch = ended(2, spec -> new StubAnswer(Duration.ZERO, 200, odd));

    Wire.Answer answer = jobs.house.get(BATCHES + "/" + batch + "/results");

    assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
    List<String> lines = answer.body().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .startsWith("{\"ref\":\"=1+1\",\"job\":\"")
        .contains(
            "\"state\":\"finished\",\"outcome\":15,\"attempts\":1,\"server\":\"s1\",\"waitedMs\":")
        .endsWith(
            ",\"cmpinfo\":\"\",\"stdout\":\"\\ud83d\\ude00\\u0000\\n caf\\u00e9\",\"stderr\":\"\\/\"}");
    assertThat(new JsonObject(lines.getLast()).getString("ref")).isEqualTo("=1+2");
  }

  @Test
  void whatIsNoAnswerOfJobeIsGivenWhole() {
    String batch = ended(1, spec -> StubAnswer.error(400, "no such thing"));

    JsonObject line = new JsonObject(results(batch, "").getFirst());

    assertThat(line.getString("state")).isEqualTo("dead");
    assertThat(line.getString("reason")).startsWith("status 400");
    assertThat(line.getString("answer")).isEqualTo("\"no such thing\"");
  }

  @Test
  void aTableHasNoFormulas() {
    String batch = ended(1, spec -> StubAnswer.result(15, "a,b", "-1\n\"x\"", "@SUM(A1)"));

    Wire.Answer answer = jobs.house.get(BATCHES + "/" + batch + "/results?format=csv");

    assertThat(answer.header("Content-Type")).startsWith("text/csv");
    List<String> rows = List.of(answer.body().split("\r\n", -1));
    assertThat(rows.get(0))
        .isEqualTo(
            "ref,job,state,outcome,attempts,server,waited_ms,ran_ms,reason,cmpinfo,stdout,stderr,answer");
    assertThat(rows.get(1))
        .startsWith("'=1+1,")
        .contains(",finished,15,1,s1,")
        .endsWith(",\"a,b\",\"'-1\n\"\"x\"\"\",'@SUM(A1),");
    assertThat(jobs.house
            .get(BATCHES + "/" + batch + "/results", "Accept: text/csv")
            .body())
        .isEqualTo(answer.body());
  }

  @Test
  void outputsCanBeLeftOutAndStatesChosen() {
    String batch = ended(3, spec -> StubAnswer.result(15, "", "out", ""));

    assertThat(results(batch, "?outputs=false"))
        .hasSize(3)
        .allMatch(line -> line.contains("\"outcome\":15") && !line.contains("stdout"));
    assertThat(jobs.house
            .get(BATCHES + "/" + batch + "/results?format=csv&outputs=false")
            .body())
        .startsWith("ref,job,state,outcome,attempts,server,waited_ms,ran_ms,reason\r\n")
        .doesNotContain("out\r\n");
    assertThat(results(batch, "?state=dead")).isEmpty();
    assertThat(jobs.house.get(BATCHES + "/" + batch + "/results?format=xml").status())
        .isEqualTo(400);
    assertThat(jobs.house.get(BATCHES + "/" + batch + "/results?outputs=no").status())
        .isEqualTo(400);
  }

  @Test
  void manyComeInOrderPageAfterPage() {
    String long_ = "x".repeat(10_000);
    String batch = ended(700, spec -> StubAnswer.result(15, "", long_, ""));

    List<String> lines = results(batch, "");

    assertThat(lines)
        .extracting(line -> new JsonObject(line).getString("ref"))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 700).mapToObj(i -> "=1+" + i).toList());
    assertThat(lines).allMatch(line -> line.contains(long_));
  }

  @Test
  void whoStopsReadingHoldsNothingUp() {
    String long_ = "x".repeat(100_000);
    String batch = ended(100, spec -> StubAnswer.result(15, "", long_, ""));
    try (Wire slow = jobs.house.open()) {
      slow.send(House.request("GET", BATCHES + "/" + batch + "/results", ""));

      assertThat(results(batch, "")).hasSize(100);
      assertThat(slow.answer().body().lines()).hasSize(100);
    }
  }

  @Test
  void whoTakesNothingForLongIsLetGo() {
    String long_ = "x".repeat(100_000);
    String batch = ended(300, spec -> StubAnswer.result(15, "", long_, ""));
    try (Wire slow = jobs.house.open()) {
      slow.send(House.request("GET", BATCHES + "/" + batch + "/results", ""));
      Eventually.await("it has begun", slow::hasCome);

      Eventually.await("its connection is closed", () -> {
        passed.addAndGet(Duration.ofSeconds(1).toNanos());
        return jobs.house.registry.get("gradelane.http.connections").gauge().value() == 0;
      });
    }
  }

  @Test
  void whatCanNotBeReadToItsEndIsBrokenOff() {
    String long_ = "x".repeat(100_000);
    String batch = ended(300, spec -> StubAnswer.result(15, "", long_, ""));
    try (Wire slow = jobs.house.open()) {
      slow.send(House.request("GET", BATCHES + "/" + batch + "/results", ""));
      Eventually.await("it has begun", slow::hasCome);

      POSTGRES.kill();

      assertThatThrownBy(slow::answer).isInstanceOf(UncheckedIOException.class);
    } finally {
      POSTGRES.revive();
    }
  }

  private List<String> results(String batch, String query) {
    Wire.Answer answer = jobs.house.get(BATCHES + "/" + batch + "/results" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body().lines().toList();
  }

  /** A batch that has been run. */
  private String ended(int count, Function<JsonObject, StubAnswer> answer) {
    jobs.house.stub(1).answering(answer);
    JsonArray all = new JsonArray();
    IntStream.rangeClosed(1, count).forEach(i -> all.add(new JsonObject().put("ref", "=1+" + i)));
    JsonObject spec = new JsonObject().put("language_id", "python3").put("sourcecode", "?");
    String batch =
        jobs.submit(new JsonObject().put("template", spec).put("jobs", all)).getString("id");
    jobs.awaitEnd(batch);
    return batch;
  }
}
