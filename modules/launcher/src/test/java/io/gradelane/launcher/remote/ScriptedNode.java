package io.gradelane.launcher.remote;

import io.gradelane.testkit.Blocking;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A server that answers what a test wants, and the commands before it. */
abstract class ScriptedNode {

  static final String BATCH = "0196a3f0-7b2c-7000-8000-5f1d00000000";

  private final Vertx vertx = Vertx.vertx();
  final Map<String, Consumer<HttpServerRequest>> rooms = new ConcurrentHashMap<>();
  final Queue<String> asked = new ConcurrentLinkedQueue<>();
  final Queue<JsonObject> bodies = new ConcurrentLinkedQueue<>();
  final Queue<String> types = new ConcurrentLinkedQueue<>();
  final Map<String, String> environment = new HashMap<>();
  boolean terminal;
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

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

  final void answers(String room, int status, JsonObject json) {
    rooms.put(room, request -> request.response().setStatusCode(status).end(json.encode()));
  }

  static void problem(HttpServerRequest request, int status, String detail) {
    request
        .response()
        .setStatusCode(status)
        .end(new JsonObject().put("detail", detail).encode());
  }

  static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  final int run(String... arguments) {
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
