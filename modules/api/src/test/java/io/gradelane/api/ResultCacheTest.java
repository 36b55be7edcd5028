package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.PostgresFixture;
import io.gradelane.testkit.StubAnswer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches that take results that are known, counted by what reaches the server. */
final class ResultCacheTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.start();

  private final AtomicInteger runs = new AtomicInteger();
  private JobsHouse jobs;
  private House house;

  @BeforeEach
  void open() {
    Plan plan = new Plan();
    plan.servers = 1;
    jobs = new JobsHouse(POSTGRES, plan);
    house = jobs.house;
    answer(15, "");
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
  void aRegradeInWhichOneTestInTenChangedCostsATenth() {
    JsonObject first = run(batch(1000, true, i -> "tenth " + i));
    assertThat(runs).hasValue(1000);
    assertThat(cached(first)).isZero();

    JsonObject again = run(batch(1000, true, i -> "tenth " + i + (i % 10 == 0 ? " changed" : "")));

    assertThat(runs).hasValue(1100);
    assertThat(again.getJsonObject("progress").getInteger("finished")).isEqualTo(1000);
    assertThat(cached(again)).isEqualTo(900);
    assertThat(house.permits().dones).as("permits").hasSize(1100);
    assertThat(house.count("gradelane.jobs.cache", "result", "hit")).isEqualTo(900);
  }

  @Test
  void aHitSaysWhoseResultItIsAndGivesItByteForByte() {
    JsonObject first = run(batch(1, true, i -> "whose"));
    JsonObject again = run(batch(1, true, i -> "whose"));

    JsonObject origin = job(first);
    JsonObject hit = job(again);
    assertThat(hit.getString("state")).isEqualTo("finished");
    assertThat(hit.getInteger("outcome")).isEqualTo(15);
    assertThat(hit.getJsonObject("cached").getString("job")).isEqualTo(origin.getString("id"));
    assertThat(hit.getJsonObject("cached").getInteger("attempt")).isEqualTo(1);
    assertThat(origin.containsKey("cached")).isFalse();
    assertThat(result(hit)).isEqualTo(result(origin));
  }

  @Test
  void whoDoesNotAskIsRunAndRemembersNothing() {
    run(batch(5, false, i -> "silent " + i));
    run(batch(5, true, i -> "silent " + i));
    run(batch(5, false, i -> "silent " + i));

    assertThat(runs).hasValue(15);
  }

  @Test
  void aRefreshRunsAllAndIsRememberedInstead() {
    JsonObject first = run(batch(1, true, i -> "fresh"));
    JsonObject refreshed = run(batch(1, true, i -> "fresh").put("cache", "refresh"));
    JsonObject third = run(batch(1, true, i -> "fresh"));

    assertThat(runs).hasValue(2);
    assertThat(job(third).getJsonObject("cached").getString("job"))
        .isEqualTo(job(refreshed).getString("id"))
        .isNotEqualTo(job(first).getString("id"));
    assertThat(refreshed.getString("cache")).isEqualTo("refresh");
  }

  @Test
  void onlyWhatWouldComeAgainIsRemembered() {
    for (int outcome : new int[] {12, 13, 17, 19, 20}) {
      answer(outcome, "");
      run(batch(1, true, i -> "unsteady " + outcome));
      run(batch(1, true, i -> "unsteady " + outcome));
    }
    assertThat(runs).hasValue(10);
    answer(11, "/var/www/jobe/runguard/runguard: warning: timelimit exceeded (cpu time)");
    run(batch(1, true, i -> "slow compiler"));
    run(batch(1, true, i -> "slow compiler"));
    assertThat(runs).hasValue(12);
    answer(11, "prog.c:1: error");
    run(batch(1, true, i -> "compile error"));
    run(batch(1, true, i -> "compile error"));
    assertThat(runs).hasValue(13);
  }

  @Test
  void anotherVersionOfTheLanguageRunsItAnew() {
    run(batch(1, true, i -> "version"));
    ServerEntry entry = Objects.requireNonNull(house.servers.snapshot().get("s1"));
    Blocking.get(
        house.servers.replace("s1", entry, entry.withLanguages(Map.of("python3", "3.13.1"))));
    run(batch(1, true, i -> "version"));
    run(batch(1, true, i -> "version"));

    assertThat(runs).hasValue(2);
  }

  @Test
  void anotherInputLimitOrOrderOfKeysIsSeenForWhatItIs() {
    JsonObject spec = new JsonObject().put("sourcecode", "keys").put("input", "1");
    run(batch(1, true, i -> "").put("jobs", jobs(spec)));
    run(batch(1, true, i -> "")
        .put("jobs", jobs(new JsonObject().put("input", "1").put("sourcecode", "keys"))));
    assertThat(runs).hasValue(1);
    run(batch(1, true, i -> "").put("jobs", jobs(spec.copy().put("input", "2"))));
    JsonObject limit = new JsonObject().put("cputime", 9);
    run(batch(1, true, i -> "").put("jobs", jobs(spec.copy().put("parameters", limit))));
    assertThat(runs).hasValue(3);
  }

  @Test
  void aWishThatIsNoneIsShown() {
    Wire.Answer answer = house.post(
        "/api/v1/batches", batch(1, true, i -> "").put("cache", "always").encode());
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("/cache").contains("always");
  }

  private void answer(int outcome, String cmpinfo) {
    house.stub(1).answering(spec -> {
      runs.incrementAndGet();
      return StubAnswer.result(outcome, cmpinfo, spec.getString("sourcecode"), "");
    });
  }

  private static JsonObject batch(int jobs, boolean cache, IntFunction<String> source) {
    JsonArray all = new JsonArray();
    IntStream.rangeClosed(1, jobs)
        .mapToObj(i -> new JsonObject().put("sourcecode", source.apply(i)))
        .forEach(spec -> all.add(new JsonObject().put("run_spec", spec)));
    return new JsonObject()
        .put("lane", "bulk")
        .put("cache", cache)
        .put("template", new JsonObject().put("language_id", "python3"))
        .put("jobs", all);
  }

  private static JsonArray jobs(JsonObject spec) {
    return new JsonArray().add(new JsonObject().put("run_spec", spec));
  }

  /** The batch, when it has ended. */
  private JsonObject run(JsonObject batch) {
    String id = jobs.submit(batch).getString("id");
    jobs.awaitEnd(id);
    return get(JobsHouse.BATCHES + "/" + id);
  }

  private JsonObject job(JsonObject batch) {
    String path = "/api/v1/batches/" + batch.getString("id") + "/jobs";
    return get(path).getJsonArray("jobs").getJsonObject(0);
  }

  private String result(JsonObject job) {
    return house.get("/api/v1/jobs/" + job.getString("id") + "/result").body();
  }

  private static int cached(JsonObject batch) {
    return batch.getJsonObject("progress").getInteger("cached");
  }

  private JsonObject get(String path) {
    return new JsonObject(house.get(path).body());
  }
}
