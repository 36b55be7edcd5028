package io.gradelane.launcher.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.testkit.Blocking;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code runs} before a node that has 700 of them. */
class RunsCommandTest {

  private static final int RUNS = 700;

  private final Vertx vertx = Vertx.vertx();
  private final Queue<HttpServerRequest> asked = new ConcurrentLinkedQueue<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String url = "";

  @Command(name = "gradelane")
  private static final class Root {}

  @BeforeEach
  void serve() {
    HttpServer server = vertx.createHttpServer().requestHandler(request -> {
      asked.add(request);
      request.response().end(page(request).encode());
    });
    url = "http://127.0.0.1:" + Blocking.get(server.listen(0, "127.0.0.1")).actualPort();
  }

  @AfterEach
  void stop() {
    Blocking.get(vertx.close());
  }

  @Test
  void theNewestAreShownAndThatThereAreMore() {
    assertThat(run("--size", "2")).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("AT").contains("KEY", "WAITED", "SERVER");
    assertThat(lines.get(1).split(" {2,}", -1))
        .endsWith(
            "moodle",
            "exam",
            "answered",
            "13 time limit",
            "0.2 s",
            "3.5 s",
            "s1,s2",
            "2/4",
            "again",
            "run 0");
    assertThat(lines.get(2).split(" {2,}", -1))
        .endsWith(
            "moodle",
            "-",
            "turned_away",
            "client_mistake",
            "0.0 s",
            "0.001 s",
            "-",
            "-",
            "-",
            "run 1");
    assertThat(err.toString()).contains("there are more (--size N or --all shows them)");
  }

  @Test
  void allArePagesUntilThereIsNoNext() {
    assertThat(run("--all", "--output", "json")).isZero();
    assertThat(out.toString().lines()).hasSize(RUNS);
    assertThat(asked)
        .extracting(HttpServerRequest::query)
        .containsExactly("size=500", "size=500&before=499");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void whatIsAskedForIsInTheQuery() {
    assertThat(run(
            "--since",
            "2026-03-01T10:40:00Z",
            "--until",
            "2026-03-01T10:45:00-01:00",
            "--request",
            "r7",
            "--key",
            "a&b",
            "--lane",
            "exam",
            "--server",
            "s2",
            "--outcome",
            "21",
            "--state",
            "refused"))
        .isZero();
    Map<String, String> wish = Map.of(
        "from", "2026-03-01T10:40:00Z",
        "to", "2026-03-01T11:45:00Z",
        "request", "r7",
        "key", "a&b",
        "lane", "exam",
        "server", "s2",
        "outcome", "21",
        "state", "refused",
        "size", "100");
    wish.forEach((name, value) -> assertThat(asked.peek().getParam(name)).isEqualTo(value));
  }

  @Test
  void wrongUsageIsTwo() {
    assertThat(run("--since", "soon")).isEqualTo(2);
    assertThat(run("--since", "2999-01-01T23:50")).isEqualTo(2);
    assertThat(run("--since", "2026-03-01T10:40", "--until", "2026-03-01T10:40"))
        .isEqualTo(2);
    assertThat(run("--size", "0")).isEqualTo(2);
    assertThat(run("--output", "csv")).isEqualTo(2);
    assertThat(run("--state", "asleep")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--since: 'soon' (expected: such as 10:42, ")
        .contains(
            "--since: '2999-01-01T23:50' (expected: not in the future; yesterday's with its date)")
        .contains("--until: '2026-03-01T10:40' (expected: later than --since)")
        .contains("--size: '0' (expected: 1 or more; --all for all)")
        .contains("--output: 'csv' (expected: table or json)")
        .contains("--state: 'asleep' (expected: one of answered, refused, turned_away, gone,");
    assertThat(asked).isEmpty();
  }

  private static JsonObject page(HttpServerRequest request) {
    String before = request.getParam("before");
    int first = before == null ? 0 : Integer.parseInt(before) + 1;
    int end = Math.min(RUNS, first + Integer.parseInt(request.getParam("size")));
    JsonArray runs = new JsonArray();
    for (int i = first; i < end; i++) {
      runs.add(i % 2 == 0 ? answered(i) : turnedAway(i));
    }
    return new JsonObject()
        .put("runs", runs)
        .put("next", end == RUNS ? null : String.valueOf(end - 1));
  }

  private static JsonObject answered(int i) {
    return common(i)
        .put("lane", "exam")
        .put("state", "answered")
        .put("outcome", "13")
        .put("waited", 0.2)
        .put("took", 3.5)
        .put("servers", new JsonArray(List.of("s1", "s2")))
        .put("load", 2)
        .put("slots", 4)
        .put("doubt", "again");
  }

  private static JsonObject turnedAway(int i) {
    return common(i)
        .put("lane", "")
        .put("state", "turned_away")
        .put("outcome", "client_mistake")
        .put("waited", 0.0)
        .put("took", 0.001)
        .put("servers", new JsonArray())
        .put("load", 0)
        .put("slots", 0)
        .put("doubt", "");
  }

  private static JsonObject common(int i) {
    return new JsonObject()
        .put("run", "run " + i)
        .put("at", "2026-03-01T10:42:00.123Z")
        .put("tenant", "moodle");
  }

  private int run(String... arguments) {
    CommandLine line = new CommandLine(new Root());
    RemoteCommands.addTo(line, Map.of("GRADELANE_URL", url), false);
    line.setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 1];
    all[0] = "runs";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return line.execute(all);
  }
}
