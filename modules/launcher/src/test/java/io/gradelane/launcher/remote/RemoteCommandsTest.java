package io.gradelane.launcher.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.FreePort;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands before a server that answers what a test wants. */
class RemoteCommandsTest {

  private static final String BATCH = "0196a3f0-7b2c-7000-8000-5f1d00000000";
  private static final String JOB = "0196a3f0-7b2c-7000-8000-5f1d00000001";

  @TempDir
  Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Consumer<HttpServerRequest>> rooms = new ConcurrentHashMap<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<JsonObject> bodies = new ConcurrentLinkedQueue<>();
  private final Queue<String> types = new ConcurrentLinkedQueue<>();
  private final Map<String, String> environment = new HashMap<>();
  private boolean terminal;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Command(name = "gradelane")
  private static final class Root {}

  @BeforeEach
  void serve() {
    HttpServer server = vertx.createHttpServer().requestHandler(request -> {
      asked.add(request.method() + " " + request.uri());
      Consumer<HttpServerRequest> room = rooms.get(request.method() + " " + request.path());
      request.body().onSuccess(body -> {
        body.toString().lines().map(JsonObject::new).forEach(bodies::add);
        types.add(String.valueOf(request.getHeader("Content-Type")));
        if (room == null) {
          problem(request, 404, "There is no such batch");
        } else {
          room.accept(request);
        }
      });
    });
    Blocking.get(server.listen(0, "127.0.0.1"));
    environment.put("GRADELANE_URL", "http://127.0.0.1:" + server.actualPort() + "/");
  }

  @AfterEach
  void stop() {
    Blocking.get(vertx.close());
  }

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
  void jobsALineAreSentAsTheyAre() throws IOException {
    Path file = file("{\"ref\":\"a\",\"run_spec\":{}}\n{\"ref\":\"b\", \"run_spec\":{ }}\n");
    answers("POST /api/v1/batches", 201, new JsonObject().put("id", BATCH));

    assertThat(run("batch", file.toString(), "--name", "the \"3rd\"")).isZero();
    assertThat(out.toString().strip()).isEqualTo(BATCH);
    assertThat(types).containsExactly("application/x-ndjson");
    assertThat(bodies).containsExactly(json("{'name': 'the \\\"3rd\\\"'}"), job("a"), job("b"));
  }

  @Test
  void theFirstObjectOfAFileMayBeTheHead() throws IOException {
    Path file = file("""
        {"lane": "bulk", "template": {"language_id": "c"}}

        {"ref": "a", "run_spec": {}}
        {
          "ref": "b",
          "run_spec": {}
        }
        """);
    answers("POST /api/v1/batches", 201, new JsonObject().put("id", BATCH));

    assertThat(run("batch", file.toString(), "--lane", "default")).isZero();
    assertThat(bodies)
        .containsExactly(
            json("{'lane': 'default', 'template': {'language_id': 'c'}}"), job("a"), job("b"));
  }

  @Test
  void anObjectWithJobsAndAListOfJobsAreBatchesToo() throws IOException {
    answers("POST /api/v1/batches", 201, new JsonObject().put("id", BATCH));
    Path whole = file("""
        {"name": "hw3", "jobs": [
          {"ref": "a", "run_spec": {}},
          {"ref": "b", "run_spec": {}}], "lane": "bulk"}
        """);

    assertThat(run("batch", whole.toString())).isZero();
    assertThat(bodies).containsExactly(json("{'name': 'hw3', 'lane': 'bulk'}"), job("a"), job("b"));
    bodies.clear();
    assertThat(run("batch", file("[{\"ref\":\"a\",\n\"run_spec\":{}}]").toString()))
        .isZero();
    assertThat(bodies).containsExactly(new JsonObject(), job("a"));
  }

  @Test
  void whatIsNoBatchIsShownWithItsLine() throws IOException {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put(
        "{\"ref\":\"a\"}\nnonsense\n", ", line 2: is not JSON: Unrecognized token 'nonsense'");
    wrong.put("{\"ref\":\"a\"}\n\n[7]\n", ", line 3: '7' (expected: a job as a JSON object)");
    wrong.put("{\"ref\":\"a\",\n\"run_spec\":", ", line 2: is not JSON: Unexpected end-of-input");
    wrong.put("\n", ": there is no job in it (expected: at least one)");
    wrong.put("{\"lane\": \"bulk\"}", ": there is no job in it (expected: at least one)");
    wrong.put("{\"jobs\": []}", ": there is no job in it (expected: at least one)");
    for (Map.Entry<String, String> each : wrong.entrySet()) {
      assertThat(run("batch", file(each.getKey()).toString())).isEqualTo(1);
      assertThat(err.toString()).contains("jobs.ndjson" + each.getValue());
    }
    assertThat(run("batch", "nowhere.ndjson")).isEqualTo(1);
    assertThat(err.toString()).contains("nowhere.ndjson: there is no such file");
    assertThat(asked).isEmpty();
  }

  @Test
  void whatANodeFindsWrongIsSaidWithTheFilesOwnLine() throws IOException {
    JsonArray errors = new JsonArray()
        .add(new JsonObject()
            .put("pointer", "/ref")
            .put("detail", "line 3: 7 (expected: a string)"));
    answers(
        "POST /api/v1/batches",
        422,
        new JsonObject().put("detail", "line 2: no").put("errors", errors));
    Path file = file("\n{\"run_spec\":{}}\n\n{\"ref\":7}\n");

    assertThat(run("batch", file.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("answered 422: " + file + ", line 2: no")
        .contains("  " + file + ", line 4, /ref: 7 (expected: a string)");
  }

  @Test
  void aHundredThousandJobsAreSentAndNotOneMore() throws IOException {
    answers("POST /api/v1/batches", 201, new JsonObject().put("id", BATCH));
    String job = "{\"run_spec\":{\"sourcecode\":\"print(1)\"}}\n";

    assertThat(run("batch", file(job.repeat(100_000)).toString())).isZero();
    assertThat(bodies).hasSize(100_001);
    assertThat(run("batch", file(job.repeat(100_001)).toString())).isEqualTo(1);
    assertThat(err.toString()).contains("line 100001: one job more (expected: at most 100000");
  }

  @Test
  void aPersonIsShownHowFarItIs() throws IOException {
    answers("POST /api/v1/batches", 201, new JsonObject().put("id", BATCH));
    terminal = true;

    assertThat(run("batch", file("{\"ref\":\"a\"}").toString())).isZero();
    assertThat(err.toString()).contains("1 job, 0.0 MB: sent; being read and kept");
    assertThat(out.toString().strip()).isEqualTo(BATCH);
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
  void whatWasSentAndNotAnsweredIsSentAgainUnderTheSameKey() throws IOException {
    List<String> keys = new CopyOnWriteArrayList<>();
    rooms.put("POST /api/v1/batches", request -> {
      keys.add(request.getHeader("Idempotency-Key"));
      if (keys.size() == 1) {
        request.connection().close();
      } else {
        request
            .response()
            .setStatusCode(201)
            .end(new JsonObject().put("id", BATCH).encode());
      }
    });

    assertThat(run("batch", file("{\"ref\":\"a\"}").toString())).isZero();
    assertThat(keys).hasSize(2).containsOnly(keys.getFirst());
    assertThat(bodies).hasSize(4);
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

  private static JsonObject job(String ref) {
    return new JsonObject().put("ref", ref).put("run_spec", new JsonObject());
  }

  private static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("jobs.ndjson"), text);
  }

  private void answers(String room, int status, JsonObject json) {
    rooms.put(room, request -> request.response().setStatusCode(status).end(json.encode()));
  }

  private static void problem(HttpServerRequest request, int status, String detail) {
    request
        .response()
        .setStatusCode(status)
        .end(new JsonObject().put("detail", detail).encode());
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

  private int run(String... arguments) {
    CommandLine line = new CommandLine(new Root());
    line.addSubcommand(RemoteCommands.cluster(environment))
        .addSubcommand(RemoteCommands.fleet(environment));
    RemoteCommands.addTo(line, environment, terminal);
    line.setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, command, result) -> {
          command.getErr().println("gradelane: " + failure.getMessage());
          return 1;
        })
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
