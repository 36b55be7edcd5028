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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code exams} before a node that knows two. */
class ExamsCommandTest {

  private static final JsonObject MIDTERM = new JsonObject()
      .put("id", "e-0c6f1b2d9a47")
      .put("origin", "api")
      .put("name", "Midterm")
      .put("start", "2031-12-01T07:00:00Z")
      .put("end", "2031-12-01T11:00:00Z")
      .put("students", 240)
      .put("by", "ada");

  private final Vertx vertx = Vertx.vertx();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<JsonObject> bodies = new ConcurrentLinkedQueue<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String url = "";

  @BeforeEach
  void serve() {
    HttpServer server = vertx.createHttpServer().requestHandler(request -> {
      asked.add(request.method() + " " + request.uri());
      request.body().onSuccess(body -> {
        if (body.length() > 0) {
          bodies.add(body.toJsonObject());
        }
        answer(request);
      });
    });
    url = "http://127.0.0.1:" + Blocking.get(server.listen(0, "127.0.0.1")).actualPort();
  }

  @AfterEach
  void stop() {
    Blocking.get(vertx.close());
  }

  private static void answer(HttpServerRequest request) {
    switch (request.method() + " " + request.path()) {
      case "GET /api/v1/fleet/exams" -> request.response().end(list().encode());
      case "POST /api/v1/fleet/exams" ->
        request.response().setStatusCode(201).end(MIDTERM.encode());
      case "DELETE /api/v1/fleet/exams/e-0c6f1b2d9a47" -> request.response().end(MIDTERM.encode());
      default ->
        request
            .response()
            .setStatusCode(404)
            .end(new JsonObject().put("detail", "There is no exam 'e-9'").encode());
    }
  }

  private static JsonObject list() {
    JsonObject finals = MIDTERM.copy().put("origin", "conf").put("name", "Finals");
    finals.remove("id");
    return new JsonObject()
        .put("exams", new JsonArray().add(MIDTERM).add(finals))
        .put("lasting", false)
        .put("counted", false)
        .put("calendar", "exams.ics: no such file");
  }

  @Test
  void theyAreATableAndWhatItWouldHideIsSaid() {
    assertThat(run()).isZero();

    assertThat(asked).containsExactly("GET /api/v1/fleet/exams?past=false");
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("EXAM").endsWith("NAME");
    assertThat(lines.get(1))
        .startsWith("e-0c6f1b2d9a47")
        .contains("240", "api")
        .endsWith("Midterm");
    assertThat(lines.get(2)).startsWith("- ").contains("conf").endsWith("Finals");
    assertThat(err.toString())
        .contains("exams.ics: no such file", "They make no hosts", "it has no database");
  }

  @Test
  void asJsonTheyAreWhatTheNodeSaid() {
    assertThat(run("--past", "--output", "json")).isZero();

    assertThat(asked).containsExactly("GET /api/v1/fleet/exams?past=true");
    assertThat(new JsonObject(out.toString())).isEqualTo(list());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void oneIsTold() {
    assertThat(run(
            "add",
            "--start",
            "2031-12-01T08:00+01:00",
            "--end",
            "2031-12-01T12:00+01:00",
            "--students",
            "240",
            "Midterm"))
        .isZero();

    assertThat(bodies)
        .containsExactly(new JsonObject()
            .put("name", "Midterm")
            .put("start", "2031-12-01T07:00:00Z")
            .put("end", "2031-12-01T11:00:00Z")
            .put("students", 240));
    assertThat(out.toString()).startsWith("e-0c6f1b2d9a47  240 students of Midterm");
  }

  @Test
  void whatIsNoTimeIsWrongUsage() {
    assertThat(run("add", "--start", "soon", "--end", "later", "--students", "1", "Midterm"))
        .isEqualTo(2);

    assertThat(err.toString()).contains("--start: 'soon' (expected: such as ");
    assertThat(asked).isEmpty();
  }

  @Test
  void oneIsRemoved() {
    assertThat(run("remove", "e-0c6f1b2d9a47")).isZero();

    assertThat(out.toString()).startsWith("removed: Midterm");
  }

  @Test
  void theNodesWordsAreTheTrouble() {
    assertThat(run("remove", "e-9")).isEqualTo(1);

    assertThat(err.toString()).contains("says: There is no exam 'e-9'");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.isEmpty() && !all.getFirst().startsWith("-")) {
      all.addAll(1, List.of("--url", url));
    } else {
      all.addAll(List.of("--url", url));
    }
    CommandLine line = ExamsCommand.with(() -> new Console(Map.of(), false))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler((e, failed, result) -> {
          failed.getErr().println(e.getMessage());
          return 1;
        })
        .setCaseInsensitiveEnumValuesAllowed(true);
    return line.execute(all.toArray(String[]::new));
  }
}
