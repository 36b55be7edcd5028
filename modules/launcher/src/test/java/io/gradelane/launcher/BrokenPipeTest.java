package io.gradelane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.testkit.Blocking;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands whose output nobody reads any more, such as before {@code head}. */
class BrokenPipeTest {

  private static final String BATCH = "0196a3f0-7b2c-7000-8000-5f1d00000000";
  private static final int BROKEN_PIPE = 141;

  private final Vertx vertx = Vertx.vertx();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void stop() {
    Blocking.get(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "json"})
  void aWatchedBatchIsLetGo(String format) {
    String url = node("/api/v1/events", "event: subscribed\ndata: " + batch().encode() + "\n\n");

    assertThat(run("watch", BATCH, "--url", url, "--output", format)).isEqualTo(BROKEN_PIPE);
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "json", "csv"})
  void noFurtherPageOfResultsIsAskedFor(String format) {
    JsonObject job = new JsonObject().put("id", BATCH).put("ref", "anna").put("state", "waiting");
    JsonObject page = new JsonObject().put("jobs", new JsonArray().add(job));
    String url = node("/api/v1/batches/" + BATCH + "/jobs", page.encode());

    assertThat(run("results", BATCH, "--url", url, "--output", format)).isEqualTo(BROKEN_PIPE);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void noFurtherPageOfRunsIsAskedFor() {
    JsonArray runs = new JsonArray().add(new JsonObject().put("run", "r1"));
    String url = node("/api/v1/runs", new JsonObject().put("runs", runs).encode());

    assertThat(run("runs", "--url", url, "--output", "json")).isEqualTo(BROKEN_PIPE);
    assertThat(err.toString()).isEmpty();
  }

  private static JsonObject batch() {
    JsonObject progress = new JsonObject().put("total", 2).put("finished", 0);
    JsonObject batch = new JsonObject().put("id", BATCH).put("progress", progress);
    return new JsonObject().put("batch", batch).put("cursor", "1-1");
  }

  /** Says this at one path: {@code events} stay open. */
  private String node(String path, String text) {
    HttpServer server = vertx.createHttpServer().requestHandler(request -> {
      if (!request.path().equals(path)) {
        request.response().setStatusCode(404).end();
      } else if (path.endsWith("/events")) {
        request.response().setChunked(true).write(text);
      } else {
        request.response().end(text);
      }
    });
    return "http://127.0.0.1:" + Blocking.get(server.listen(0, "127.0.0.1")).actualPort();
  }

  private int run(String... arguments) {
    return Main.commandLine(Map.of())
        .setOut(new PrintWriter(new Broken(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private static final class Broken extends OutputStream {
    @Override
    public void write(int unread) throws IOException {
      throw new IOException("Broken pipe");
    }
  }
}
