package io.gradelane.cluster.harness;

import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.StubAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A stub Jobe that remembers every run it saw. It has as many slots as somebody sends runs: that there are too many must
 * show. As in Jobe a run goes on when its caller has hung up.
 */
final class PoolServer {

  /** How it answers. */
  enum Mood {
    WELL,
    /** Takes everything, answers nothing. */
    HANGING,
    /** Answers everything at once with what is no JSON. */
    GARBAGE
  }

  private final Vertx vertx;
  private final String name;
  private final String host;
  private final int port;
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final Set<Seen> running = ConcurrentHashMap.newKeySet();
  private volatile Mood mood = Mood.WELL;
  private volatile HttpServer server;

  PoolServer(Vertx vertx, String name, String host) {
    this.vertx = vertx;
    this.name = name;
    this.host = host;
    port = Ports.next();
    server = listen();
  }

  String name() {
    return name;
  }

  String url() {
    return "http://" + host + ":" + port;
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  void behave(Mood how) {
    mood = how;
  }

  /** Dies: connections break, what runs is lost, the port refuses. */
  void kill() {
    Blocking.get(server.close());
    running.forEach(run -> end(run, false));
  }

  /** Comes back on the same port. */
  void revive() {
    server = listen();
  }

  private HttpServer listen() {
    HttpServerOptions options =
        new HttpServerOptions().setAcceptBacklog(1024).setReuseAddress(true).setTcpNoDelay(true);
    return Blocking.get(
        vertx.createHttpServer(options).requestHandler(this::serve).listen(port, host));
  }

  private void serve(HttpServerRequest request) {
    if (request.path().contains("/runs")) {
      request.body().onSuccess(body -> run(request, Run.of(sourceOf(body.toString()))));
    } else {
      reply(request, "[[\"c\",\"12.2.0\"],[\"python3\",\"3.11.2\"]]");
    }
  }

  private void run(HttpServerRequest request, Run run) {
    Seen sight = new Seen(run.id(), name, System.nanoTime());
    seen.add(sight);
    running.add(sight);
    switch (mood) {
      case WELL -> execute(request, run, sight);
      case HANGING -> hang(request, sight);
      case GARBAGE -> {
        end(sight, false);
        reply(request, "");
      }
    }
  }

  private void execute(HttpServerRequest request, Run run, Seen sight) {
    vertx.setTimer(Math.max(1, run.takes().toMillis()), timer -> {
      if (mood == Mood.HANGING) {
        hang(request, sight);
      } else if (running.contains(sight)) {
        end(sight, mood == Mood.WELL);
        reply(request, result(sight.isForeign() ? "42\n" : run.expected()));
      }
    });
  }

  /** Until its caller has had enough. */
  private void hang(HttpServerRequest request, Seen sight) {
    request.connection().closeHandler(closed -> end(sight, false));
  }

  private void end(Seen sight, boolean executed) {
    running.remove(sight);
    sight.end(System.nanoTime(), executed);
  }

  private void reply(HttpServerRequest request, String body) {
    if (mood == Mood.HANGING) {
      return;
    }
    request
        .response()
        .putHeader("Content-Type", "application/json; charset=UTF-8")
        .end(mood == Mood.GARBAGE ? "<html>not what you asked for" : body);
  }

  private static String result(String stdout) {
    return StubAnswer.result(15, "", stdout, "").body();
  }

  private static String sourceOf(String body) {
    try {
      return new JsonObject(body).getJsonObject("run_spec").getString("sourcecode", "");
    } catch (DecodeException | NullPointerException e) {
      return "";
    }
  }
}
