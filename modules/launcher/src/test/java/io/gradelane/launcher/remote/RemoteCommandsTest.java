package io.gradelane.launcher.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.testkit.FreePort;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands before a server that answers what a test wants. */
class RemoteCommandsTest extends ScriptedNode {

  private static final String JOB = "0196a3f0-7b2c-7000-8000-5f1d00000001";

  @TempDir
  Path folder;

  @Test
  void aWatchedBatchIsALineForEachChangeWhereNobodyLooks() {
    streams(
        "batch=" + BATCH,
        said("subscribed", new JsonObject().put("batch", batch(0, 0, false)).put("cursor", "1-1")),
        said(
            "event",
            new JsonObject()
                .put("kind", "progress")
                .put("progress", counts(1, 0))
                .put("cursor", "1-2")),
        said(
            "event",
            new JsonObject()
                .put("kind", "ended")
                .put("batch", batch(2, 0, true))
                .put("cursor", "1-3")));

    assertThat(run("watch", BATCH)).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "hw3: 0 of 2 finished", "hw3: 1 of 2 finished", "hw3: 2 of 2 finished; done");
  }

  @Test
  void deadJobsAreAnExitCode() {
    streams("batch=" + BATCH, said("subscribed", new JsonObject().put("batch", batch(1, 1, true))));

    assertThat(run("watch", BATCH, "--output", "json")).isEqualTo(1);
    assertThat(new JsonObject(out.toString()).getJsonObject("batch").getString("name"))
        .isEqualTo("hw3");
  }

  @Test
  void whenTheNodeSaysByeItGoesOnFromItsCursor() {
    streams(
        "batch=" + BATCH,
        said("subscribed", new JsonObject().put("batch", batch(1, 0, false)).put("cursor", "7-3"))
            + said("bye", new JsonObject().put("retry", 1)));
    streams(
        "batch=" + BATCH + "&from=7-3",
        said("event", new JsonObject().put("kind", "ended").put("batch", batch(2, 0, true))));

    assertThat(run("watch", BATCH)).isZero();
    assertThat(asked).hasSize(2);
  }

  @Test
  void whileTheDatabaseIsAwayItTriesAgainAndSaysSoOnce() {
    streams("batch=" + BATCH, said("subscribed", new JsonObject().put("batch", batch(2, 0, true))));
    Consumer<HttpServerRequest> back = Objects.requireNonNull(rooms.get("GET /api/v1/events"));
    rooms.put("GET /api/v1/events", request -> {
      if (asked.size() < 3) {
        problem(request, 503, "no database");
      } else {
        back.accept(request);
      }
    });

    assertThat(run("watch", BATCH)).isZero();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .endsWith(" can't at the moment: no database; trying again for a minute");
    assertThat(out.toString().strip()).isEqualTo("hw3: 2 of 2 finished; done");
  }

  @Test
  void aProgramIsSubmittedInTheLanguageOfItsEnding() throws IOException {
    Path file = Files.writeString(folder.resolve("prog.py"), "print(42)\n");
    answers("POST /api/v1/jobs", 201, new JsonObject().put("id", BATCH).put("firstJob", JOB));

    assertThat(run("submit", file.toString(), "--lane", "bulk")).isZero();
    assertThat(out.toString().strip()).isEqualTo(JOB);
    JsonObject body = bodies.remove();
    assertThat(body.getString("lane")).isEqualTo("bulk");
    assertThat(body.getJsonObject("run_spec").getString("language_id")).isEqualTo("python3");
    assertThat(body.getJsonObject("run_spec").getString("sourcecode")).isEqualTo("print(42)\n");
  }

  @Test
  void whoWaitsIsShownWhatTheProgramPrintsAndEndsLikeIt() throws IOException {
    Path file = Files.writeString(folder.resolve("prog.txt"), "boom");
    answers("POST /api/v1/jobs", 201, new JsonObject().put("firstJob", JOB));
    streams("job=" + JOB, said("subscribed", new JsonObject().put("job", job(12))));
    answers("GET /api/v1/jobs/" + JOB, 200, job(12));

    assertThat(run("submit", "--language", "python3", file.toString(), "--wait"))
        .isEqualTo(1);
    assertThat(out.toString()).isEqualTo("said\n");
    assertThat(err.toString()).isEqualTo("oops\ngradelane: anna: finished, runtime error\n");
  }

  @Test
  void aRunThatItsServerRefusedIsToldInTheServersWords() throws IOException {
    Path file = Files.writeString(folder.resolve("prog.txt"), "boom");
    JsonObject dead = job(0)
        .put("state", "dead")
        .put("outcome", null)
        .put("reason", "status 400")
        .put("result", "Language 'cobol' is not known");
    answers("POST /api/v1/jobs", 201, new JsonObject().put("firstJob", JOB));
    streams("job=" + JOB, said("subscribed", new JsonObject().put("job", dead)));
    answers("GET /api/v1/jobs/" + JOB, 200, dead);
    answers(
        "GET /api/v1/batches/" + BATCH + "/jobs",
        200,
        new JsonObject().put("jobs", new JsonArray().add(dead)));

    assertThat(run("submit", "--language", "cobol", file.toString(), "--wait")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("gradelane: anna: dead, status 400: Language 'cobol' is not known\n");
    assertThat(run("results", BATCH)).isZero();
    assertThat(out.toString().lines().toList().get(1))
        .isEqualTo("anna  dead   status 400  1         Language 'cobol' is not known");
    assertThat(run("results", BATCH, "--output", "csv")).isZero();
    assertThat(out.toString()).endsWith(",status 400,,,,Language 'cobol' is not known\r\n");
  }

  @Test
  void clusterAndFleetAskTheNodesOfTheEnvironment() {
    environment.put("GRADELANE_KEY", "gl_1");
    List<String> keys = new CopyOnWriteArrayList<>();
    rooms.put("GET /api/v1/cluster", request -> {
      keys.add(request.getHeader("X-API-KEY"));
      request.response().end("{'node':'n1','members':[],'pools':[],'skew':[]}".replace('\'', '"'));
    });
    answers("GET /api/v1/fleet/why", 200, new JsonObject().put("why", "There are no hosts."));
    answers("GET /api/v1/fleet/hosts", 200, new JsonObject().put("hosts", new JsonArray()));

    assertThat(run("cluster")).isZero();
    assertThat(out.toString()).startsWith("NODE ");
    assertThat(keys).containsExactly("gl_1");
    assertThat(run("fleet")).isZero();
    assertThat(out.toString()).endsWith("There are no hosts.\n");
    assertThat(run("cluster", "--output", "json")).isZero();
    assertThat(out.toString()).contains("\"node\" : \"n1\"");
  }

  @Test
  void deadJobsAreRedriven() {
    answers("POST /api/v1/batches/" + BATCH + "/redrive", 200, new JsonObject().put("redriven", 2));

    assertThat(run("redrive", BATCH, "--reason", "status 404")).isZero();
    assertThat(bodies).containsExactly(json("{'reason': 'status 404'}"));
    assertThat(out.toString().strip()).isEqualTo("2 jobs wait again");
  }

  @Test
  void batchesAreSteered() {
    answers("PATCH /api/v1/batches/" + BATCH, 200, batch(1, 0, false));

    assertThat(run("pause", BATCH)).isZero();
    assertThat(run("resume", BATCH)).isZero();
    assertThat(run("cancel", BATCH)).isZero();
    assertThat(bodies)
        .containsExactly(
            new JsonObject().put("paused", true),
            new JsonObject().put("paused", false),
            new JsonObject().put("cancelled", true));
    assertThat(out.toString()).contains("paused; 1 of 2 finished");
  }

  @Test
  void resultsComeInEveryForm() {
    JsonObject page = new JsonObject().put("jobs", new JsonArray().add(job(15)));
    answers("GET /api/v1/batches/" + BATCH + "/jobs", 200, page);

    assertThat(run("results", BATCH)).isZero();
    assertThat(out.toString().lines().toList().get(1)).startsWith("anna  finished  success  1");
    assertThat(run("results", BATCH, "--output", "csv")).isZero();
    assertThat(out.toString())
        .contains("anna," + JOB + ",finished,15,1,,\"said\n\",\"oops\n\",,\r\n");
    assertThat(run("results", BATCH, "--output", "json", "--state", "finished")).isZero();
    assertThat(asked).last().asString().endsWith("?size=500&state=finished");
  }

  @Test
  void batchesAreListed() {
    answers(
        "GET /api/v1/batches",
        200,
        new JsonObject().put("batches", new JsonArray().add(batch(1, 1, true))));

    assertThat(run("batches")).isZero();
    assertThat(out.toString().lines().toList().get(1))
        .startsWith(BATCH + "  hw3   bulk  ended  2/2    1 dead   2026-11-26 ");
  }

  @Test
  void whatGoesWrongIsOneLine() {
    assertThat(run("results", BATCH)).isEqualTo(1);
    assertThat(err.toString()).contains(" knows no such batch");
    rooms.put("GET /api/v1/batches", request -> problem(request, 401, "A known API key is needed"));
    assertThat(run("batches")).isEqualTo(1);
    assertThat(err.toString()).contains(" wants a key: set GRADELANE_KEY");
    rooms.put("GET /api/v1/batches", request -> problem(request, 503, "no database"));
    assertThat(run("batches")).isEqualTo(1);
    assertThat(err.toString()).contains(" can't at the moment: no database");
    int nobody = FreePort.next();
    assertThat(run("batches", "--url", "http://127.0.0.1:" + nobody)).isEqualTo(1);
    assertThat(run("watch", BATCH, "--url", "http://127.0.0.1:" + nobody)).isEqualTo(1);
    assertThat(err.toString()).contains(nobody + " can't be reached: is a node running there?");
  }

  @Test
  void wrongUsageIsTwo() {
    assertThat(run("watch", "nonsense")).isEqualTo(2);
    assertThat(run("watch")).isEqualTo(2);
    assertThat(run("watch", BATCH, "--output", "csv")).isEqualTo(2);
    assertThat(run("results", BATCH, "--output", "xml")).isEqualTo(2);
    assertThat(run("batches", "--url", "nowhere")).isEqualTo(2);
    assertThat(err.toString())
        .contains("BATCH: 'nonsense' (expected: an id")
        .contains("--output: 'csv' (expected: table or json)")
        .contains("--output: 'xml' (expected: table or json or csv)")
        .contains("URL: 'nowhere' (expected: such as http://127.0.0.1:8080)");
  }

  @Test
  void theNextNodeIsAskedWhenOneCanNotBeReached() {
    answers("GET /api/v1/batches", 200, new JsonObject().put("batches", new JsonArray()));
    String both = "http://127.0.0.1:" + FreePort.next() + "," + environment.get("GRADELANE_URL");

    assertThat(run("batches", "--url", both)).isZero();
  }

  @Test
  void csvIsOfferedOnlyWhereItWorks() {
    assertThat(run("results", "--help")).isZero();
    assertThat(out.toString()).contains("How it writes: table or json or csv;");
    assertThat(run("completion")).isZero();
    assertThat(out.toString().lines().filter(line -> line.contains("\"csv\""))).hasSize(1);
    answers("GET /api/v1/batches/" + BATCH + "/jobs", 200, json("{'jobs': []}"));
    assertThat(run("results", BATCH, "--output", "CSV")).isZero();
  }

  @Test
  void theCompletionKnowsTheCommands() {
    assertThat(run("completion")).isZero();
    assertThat(out.toString()).contains("complete -F _complete_gradelane").contains("resume");
  }

  private static JsonObject batch(int finished, int dead, boolean ended) {
    return new JsonObject()
        .put("id", BATCH)
        .put("name", "hw3")
        .put("lane", "bulk")
        .put("cancelled", false)
        .put("progress", counts(finished, dead))
        .put("createdAt", "2026-11-26T07:00:00.123Z")
        .put("endedAt", ended ? "2026-11-26T07:01:00Z" : null);
  }

  private static JsonObject counts(int finished, int dead) {
    return new JsonObject()
        .put("total", 2)
        .put("finished", finished)
        .put("dead", dead)
        .put("cancelled", 0);
  }

  private static JsonObject job(int outcome) {
    return new JsonObject()
        .put("id", JOB)
        .put("ref", "anna")
        .put("state", "finished")
        .put("attempts", 1)
        .put("outcome", outcome)
        .put(
            "result",
            new JsonObject().put("stdout", "said\n").put("stderr", "oops\n").put("cmpinfo", ""));
  }

  private static String said(String type, JsonObject data) {
    return "event: " + type + "\ndata: " + data.encode() + "\n\n";
  }

  /** Each query is answered with its own words; the stream then stays open, as a node's does. */
  private void streams(String query, String... words) {
    Consumer<HttpServerRequest> others =
        rooms.getOrDefault("GET /api/v1/events", request -> problem(request, 404, "none"));
    rooms.put("GET /api/v1/events", request -> {
      if (query.equals(request.query())) {
        request.response().setChunked(true).write(String.join("", List.of(words)));
      } else {
        others.accept(request);
      }
    });
  }
}
