package io.gradelane.api;

import static io.gradelane.api.JobsHouse.BATCHES;
import static io.gradelane.api.JobsHouse.LINES;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.gradelane.testkit.StubAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is submitted, whole or line by line, is kept as it came or refused with its place. */
final class SubmittingTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.start();

  private static final String HEAD =
      "{\"lane\":\"bulk\",\"name\":\"hw3\",\"template\":{\"language_id\":\"python3\"}}\n";

  /** What no JSON library gives back as it was. */
  private static final String ODD = "{ \"sourcecode\" : \"\\ud800 \\u0000 \\u00e9 \\/\",\n"
      + "\"n\":123456789012345678901234567890.10e400, \"n\":-0, \"language_id\":\"python3\" }";

  @TempDir
  Path dataDir;

  private JobsHouse jobs;

  @BeforeEach
  void open() {
    Plan plan = new Plan();
    plan.maxBodyBytes = 1 << 16;
    plan.maxUploadBytes = 1 << 18;
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
  void aBatchThatComesLineByLineIsRun() {
    jobs.house
        .stub(1)
        .answering(spec -> StubAnswer.result(15, "", spec.getString("sourcecode"), ""));

    JsonObject batch = jobs.upload(HEAD + lines(30) + "\r\n\n");

    assertThat(batch.getString("name")).isEqualTo("hw3");
    assertThat(batch.getJsonObject("progress").getInteger("total")).isEqualTo(30);
    assertThat(jobs.awaitEnd(batch.getString("id")).getInteger("finished")).isEqualTo(30);
    JsonObject job = jobs.get("/api/v1/jobs/" + job(batch, 7));
    assertThat(job.getString("ref")).isEqualTo("student 7");
    assertThat(job.getJsonObject("result").getString("stdout")).isEqualTo("print(7)");
    assertThat(jobs.spooled()).isEmpty();
  }

  @Test
  void itMayBeLargerThanAnotherBody() {
    String upload = HEAD + lines(2_000);
    assertThat(upload.length()).isGreaterThan(1 << 16);

    assertThat(jobs.upload(upload).getJsonObject("progress").getInteger("total"))
        .isEqualTo(2_000);
  }

  @Test
  void butNotLargerThanAnUpload() {
    Wire.Answer answer = jobs.house.post(BATCHES, HEAD + lines(6_000), LINES);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("262144 bytes");
    Eventually.await("nothing is left of it", () -> jobs.spooled().isEmpty());
  }

  @Test
  void whatIsTooLargeButNotAnnouncedIsRefusedToo() {
    String chunk = lines(800);
    try (Wire wire = jobs.house.open()) {
      wire.send("POST " + BATCHES + " HTTP/1.1\r\nHost: gateway\r\n" + LINES
          + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 10; i++) {
        wire.send(Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n");
      }
      assertThat(wire.answer().status()).isEqualTo(413);
    }
    Eventually.await("nothing is left of it", () -> jobs.spooled().isEmpty());
  }

  @Test
  void aWrongLineIsNamed() {
    int before = batches();
    assertWrong(HEAD + "{\"ref\":\"a\"}\n\n{\"ref\":7}\n", 422, "line 4: 7 (expected: a string");
    assertWrong(HEAD + "{\"ref\":\"a\"\n", 400, "line 2: It is not JSON");
    assertWrong(HEAD + "{\"ref\":\"a\"} {}\n", 400, "line 2: Something stands behind");
    assertWrong(HEAD + "[]\n", 400, "line 2: It is not a JSON object");
    assertWrong(HEAD + "{\"source\":\"a\"}\n", 422, "expected: ref or run_spec");
    assertWrong("{\"lane\":\"bulk\"}\n{\"ref\":\"a\"}\n", 422, "line 2: nothing");
    assertWrong("{\"lane\":\"nowhere\"}\n{\"run_spec\":{}}\n", 422, "line 1: 'nowhere'");
    assertWrong("{\"jobs\":[]}\n{\"run_spec\":{}}\n", 422, "line 1: 0 jobs");
    assertWrong("{\"prio\":1}\n{\"run_spec\":{}}\n", 422, "/prio");
    assertWrong(HEAD, 422, "only a head");
    assertWrong("\n", 400, "There is no line");
    assertWrong(
        HEAD + "{\"ref\":\"" + "x".repeat(1 << 16) + "\"}\n", 400, "line 2: longer than 65536");
    assertThat(batches()).isEqualTo(before);
    assertThat(jobs.spooled()).isEmpty();
  }

  private void assertWrong(String upload, int status, String words) {
    Wire.Answer answer = jobs.house.post(BATCHES, upload, LINES);
    assertThat(answer.body()).contains(words);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void whoGoesAwayInTheMiddleLeavesNothing() {
    try (Wire wire = jobs.house.open()) {
      wire.send("POST " + BATCHES + " HTTP/1.1\r\nHost: gateway\r\n" + LINES
          + "\r\nContent-Length: 5000\r\n\r\n" + HEAD + lines(3));
      Eventually.await("it is being spooled", () -> jobs.spooled().size() == 1);
    }
    Eventually.await("nothing is left of it", () -> jobs.spooled().isEmpty());
  }

  @Test
  void whatAKilledNodeLeftIsRemovedAtTheStart() throws IOException {
    jobs.stopEngine();
    Path folder = Files.createDirectories(dataDir.resolve("uploads"));
    Files.writeString(folder.resolve("left.ndjson"), HEAD);

    jobs.startEngine();

    assertThat(jobs.spooled()).isEmpty();
  }

  @Test
  void aDiskThatTakesNothingIsSaid() throws IOException {
    Files.writeString(dataDir.resolve("uploads"), "no folder");

    Wire.Answer answer = jobs.house.post(BATCHES, HEAD + lines(3), LINES);

    assertThat(answer.status()).as(answer.body()).isEqualTo(507);
  }

  @Test
  void aSpecIsKeptByteForByte() {
    String oneLine = ODD.replace("\n", " ");
    JsonObject byLine = jobs.upload("{\"paused\":true}\n{\"run_spec\": " + oneLine + " }\n");
    Wire.Answer whole = jobs.house.post(
        BATCHES, "{\"jobs\":[{\"run_spec\": " + ODD + " ,\"ref\":\"a\"}],\"paused\":true}");
    Wire.Answer single =
        jobs.house.post("/api/v1/jobs", "{\"run_spec\": " + ODD + ",\"paused\":true}");

    assertThat(spec(byLine, 1)).isEqualTo(oneLine);
    assertThat(spec(new JsonObject(whole.body()), 1)).isEqualTo(ODD);
    assertThat(spec(new JsonObject(single.body()), 1)).isEqualTo(ODD);
  }

  @Test
  void theKeyOfAServerIsNotKept() {
    JsonObject batch = jobs.upload(
        "{\"paused\":true,\"template\":{\"language_id\":\"c\","
            + "\"parameters\":{\"jobeapikey\":\"secret\",\"cputime\":3}}}\n"
            + "{\"run_spec\":{\"parameters\":{\"a\":[1,{\"jobeapikey\":\"b\"}],\"jobeapikey\":\"hid\\\"den\"}}}\n");

    assertThat(spec(batch, 1))
        .isEqualTo(
            "{\"parameters\":{\"a\":[1,{\"jobeapikey\":\"b\"}],\"jobeapikey\":\"xxxxxxxx\"}}");
    BatchId id = BatchId.parse(batch.getString("id"));
    assertThat(Blocking.get(jobs.store.batches().find(id)).orElseThrow().template())
        .hasToString(
            "{\"language_id\":\"c\",\"parameters\":{\"jobeapikey\":\"xxxxxx\",\"cputime\":3}}");
  }

  @Test
  void aTemplateIsKeptOnceWithItsFilesAndServesEveryJob() {
    jobs.house.put("0123456789abcdef0123", "{\"file_contents\":\"aGVsbG8=\"}");
    jobs.house
        .stub(1)
        .answering(spec -> StubAnswer.result(
            15,
            "",
            spec.getString("sourcecode") + " " + spec.getJsonArray("file_list").encode(),
            ""));
    String template = "{\"language_id\":\"python3\",\"sourcecode\":\"alike\","
        + "\"file_list\":[[\"0123456789abcdef0123\",\"data.txt\"]]}";

    JsonObject batch = jobs.upload("{\"template\": " + template + "}\n{\"ref\":\"a\"}\n"
        + "{\"ref\":\"b\",\"run_spec\":{\"sourcecode\":\"own\"}}\n");
    jobs.awaitEnd(batch.getString("id"));

    BatchId id = BatchId.parse(batch.getString("id"));
    assertThat(Blocking.get(jobs.store.batches().find(id)).orElseThrow().template())
        .isEqualTo(Buffer.buffer(template));
    assertThat(spec(batch, 1)).isEqualTo("{}");
    assertThat(spec(batch, 2)).isEqualTo("{\"sourcecode\":\"own\"}");
    assertThat(stdout(batch, 1)).startsWith("alike [[").contains("data.txt");
    assertThat(stdout(batch, 2)).startsWith("own [[").contains("data.txt");
    assertThat(jobs.house.stub(1).files()).hasSize(1);
  }

  @Test
  void nothingStartsBeforeItsTime() {
    String later = "2999-01-01T00:00:00Z";
    assertThat(
            jobs.house.post(BATCHES, batch(1).put("notBefore", later).encode()).body())
        .contains("/notBefore", "within a year");
    String tomorrow = Instant.now().plusSeconds(86_400).toString();
    JsonObject batch = jobs.submit(batch(2).put("notBefore", tomorrow));
    String id = batch.getString("id");
    assertThat(batch.getString("notBefore")).isNotNull();
    JsonObject other = jobs.submit(batch(2));
    jobs.awaitEnd(other.getString("id"));
    assertThat(jobs.progress(id).getInteger("left")).isEqualTo(2);

    assertThat(jobs.patch(id, "{\"notBefore\":\"soon\"}").status()).isEqualTo(422);
    assertThat(new JsonObject(jobs.patch(id, "{\"notBefore\":null}").body()).getString("notBefore"))
        .isNull();

    assertThat(jobs.awaitEnd(id).getInteger("finished")).isEqualTo(2);
  }

  @Test
  void stopRuleAndPriorityCanBeChanged() {
    String id = jobs.submit(batch(1).put("paused", true)).getString("id");

    JsonObject changed =
        new JsonObject(jobs.patch(id, "{\"stopPercent\":5,\"priority\":1000}").body());
    assertThat(changed.getInteger("stopPercent")).isEqualTo(5);
    assertThat(changed.getInteger("priority")).isEqualTo(1000);
    assertThat(new JsonObject(jobs.patch(id, "{\"stopPercent\":null}").body())
            .getInteger("stopPercent"))
        .isNull();
    assertThat(jobs.patch(id, "{\"stopPercent\":100}").body()).contains("0 to 99");
    assertThat(jobs.patch(id, "{\"priority\":-2147483648}").body()).contains("-1000 to 1000");
    assertThat(jobs.house.post(BATCHES, batch(1).put("priority", 1001).encode()).body())
        .contains("/priority", "-1000 to 1000");
  }

  @Test
  void theDeadAreListedWithReasonsAndSomeAreDrivenAgain() {
    JsonObject body = batch(3);
    body.getJsonArray("jobs")
        .getJsonObject(1)
        .getJsonObject("run_spec")
        .put("language_id", "klingon");
    JsonObject batch = jobs.submit(body);
    String path = BATCHES + "/" + batch.getString("id");
    jobs.awaitEnd(batch.getString("id"));

    JsonArray dead = jobs.get(path + "/jobs?state=dead&reason=status%20400").getJsonArray("jobs");
    assertThat(dead).hasSize(1);
    assertThat(dead.getJsonObject(0).getString("reason")).startsWith("status 400");
    assertThat(jobs.get(path + "/jobs?state=dead&refPrefix=nobody").getJsonArray("jobs"))
        .isEmpty();
    assertThat(redrive(path, "{\"reason\":\"reset\"}").body()).contains("\"redriven\":0");
    assertThat(redrive(path, "{\"refPrefix\":\"nobody\"}").body()).contains("\"redriven\":0");
    assertThat(redrive(path, "{\"jobs\":[\"" + job(batch, 1) + "\"]}").body())
        .contains("\"redriven\":0");
    assertThat(redrive(path, "{\"jobs\":[\"x\"],\"who\":1}").body()).contains("/jobs/0", "/who");
    assertThat(redrive(
                path,
                "{\"jobs\":[\"" + job(batch, 2)
                    + "\"],\"reason\":\"400\",\"refPrefix\":\"student\"}")
            .body())
        .contains("\"redriven\":1");
    jobs.awaitEnd(batch.getString("id"));
    assertThat(redrive(path, "").body()).contains("\"redriven\":1");
  }

  private Wire.Answer redrive(String path, String body) {
    return jobs.house.post(path + "/redrive", body, body.isEmpty() ? "Content-Length: 0" : "A: b");
  }

  @Test
  void aRefIsErasedWhereItMayBe() {
    JsonObject batch = jobs.submit(batch(2));
    jobs.awaitEnd(batch.getString("id"));
    jobs.house.stub(1).holdReplies();
    JsonObject running = jobs.submit(batch(2));
    Eventually.await("they run", () -> jobs.house.stub(1).held() == 2);
    String path = "/api/v1/jobs?ref=student%201";

    Wire.Answer early = jobs.house.send(House.request("DELETE", path, ""));
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.body()).contains("1 of the jobs", "nothing was erased");
    Wire.Answer one =
        jobs.house.send(House.request("DELETE", path + "&batch=" + batch.getString("id"), ""));
    assertThat(new JsonObject(one.body()).getInteger("erased")).isEqualTo(1);
    JsonObject gone = jobs.get("/api/v1/jobs/" + job(batch, 1));
    assertThat(gone.getBoolean("erased")).isTrue();
    assertThat(gone.getString("ref")).isEmpty();
    assertThat(gone.getValue("result")).isNull();
    assertThat(gone.getString("state")).isEqualTo("finished");
    jobs.house.stub(1).releaseAll();
    jobs.awaitEnd(running.getString("id"));
    Wire.Answer rest = jobs.house.send(House.request("DELETE", path, ""));
    assertThat(new JsonObject(rest.body()).getInteger("erased")).isGreaterThanOrEqualTo(1);
    assertThat(jobs.house.send(House.request("DELETE", "/api/v1/jobs", "")).status())
        .isEqualTo(400);
  }

  private static JsonObject batch(int jobs) {
    JsonArray all = new JsonArray();
    IntStream.rangeClosed(1, jobs)
        .forEach(i -> all.add(new JsonObject()
            .put("ref", "student " + i)
            .put("run_spec", new JsonObject().put("sourcecode", "print(" + i + ")"))));
    return new JsonObject()
        .put("lane", "bulk")
        .put("template", new JsonObject().put("language_id", "python3"))
        .put("jobs", all);
  }

  private static String lines(int jobs) {
    return IntStream.rangeClosed(1, jobs)
        .mapToObj(i ->
            "{\"ref\":\"student " + i + "\",\"run_spec\":{\"sourcecode\":\"print(" + i + ")\"}}\n")
        .collect(Collectors.joining());
  }

  private int batches() {
    return jobs.get(BATCHES + "?size=500").getJsonArray("batches").size();
  }

  private static JobId job(JsonObject batch, int sequence) {
    return BatchId.parse(batch.getString("id")).job(sequence);
  }

  private String spec(JsonObject batch, int sequence) {
    return Blocking.get(jobs.store.jobs().spec(job(batch, sequence)))
        .orElseThrow()
        .toString(StandardCharsets.UTF_8);
  }

  private String stdout(JsonObject batch, int sequence) {
    return jobs.get("/api/v1/jobs/" + job(batch, sequence))
        .getJsonObject("result")
        .getString("stdout");
  }
}
