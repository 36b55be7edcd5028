package io.gradelane.sandbox;

import io.gradelane.jobe.wire.JobeAnswer;
import io.gradelane.jobe.wire.JobeAnswers;
import io.gradelane.jobe.wire.JobeRoute;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small Jobe server that really compiles and runs programs with the languages of this machine. It is for trying out and
 * for tests: whoever reaches it can run code here.
 */
public final class SandboxServer {

  private static final Logger log = LoggerFactory.getLogger(SandboxServer.class);

  private final Vertx vertx;
  private final SandboxOptions options;
  private final Premises premises;
  private final Workshop workshop;
  private final HttpServer server;

  private SandboxServer(Vertx vertx, SandboxOptions options, Premises premises) {
    this.vertx = vertx;
    this.options = options;
    this.premises = premises;
    this.workshop = new Workshop(vertx, options, premises);
    HttpServerOptions http = new HttpServerOptions().setHandle100ContinueAutomatically(true);
    this.server = vertx.createHttpServer(http).requestHandler(this::accept);
  }

  /** Starts one; fails if programs can't be run here or the port is taken. */
  public static Future<SandboxServer> start(Vertx vertx, SandboxOptions options) {
    return vertx
        .executeBlocking(() -> Premises.open(options, System::nanoTime), false)
        .compose(premises -> new SandboxServer(vertx, options, premises).listen());
  }

  private Future<SandboxServer> listen() {
    return server
        .listen(options.port(), options.host())
        .map(this)
        .onSuccess(SandboxServer::announce)
        .recover(cause -> closePremises().transform(closed -> Future.failedFuture(cause)));
  }

  private void announce() {
    log.atInfo()
        .addKeyValue("address", options.host() + ":" + port())
        .addKeyValue("slots", options.slots())
        .addKeyValue("languages", languages())
        .addKeyValue("missing", premises.toolbox().missing())
        .addKeyValue("confinement", premises.warden().jail().describe())
        .log("sandbox is up; it is no place for strangers' code");
    if (!isLoopback(options.host())) {
      log.atWarn()
          .addKeyValue("address", options.host() + ":" + port())
          .log("sandbox listens beyond this machine: whoever reaches it can run code here");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  public int port() {
    return server.actualPort();
  }

  /** Versions by language id. */
  public Map<String, String> languages() {
    return premises.toolbox().versions();
  }

  /** The confinement that was found to work here. */
  public SandboxOptions.Confinement confinement() {
    return premises.warden().jail().confinement();
  }

  /** Stops listening and kills what still runs. */
  public Future<Void> close() {
    return server.close().transform(closed -> closePremises());
  }

  private Future<Void> closePremises() {
    return vertx.executeBlocking(
        () -> {
          premises.close();
          return null;
        },
        false);
  }

  private void accept(HttpServerRequest request) {
    new BodyReader(request, options.maxBodyBytes())
        .read()
        .compose(body -> answer(request, body))
        .recover(this::failed)
        .onSuccess(answer -> send(request, answer));
  }

  private Future<JobeAnswer> answer(HttpServerRequest request, Buffer body) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    JobeRoute route =
        JobeRoute.classify(request.method().name(), request.path(), request.query(), accept);
    return switch (route) {
      case JobeRoute.Languages ignored -> Future.succeededFuture(workshop.languages());
      case JobeRoute.Runs ignored -> workshop.run(body);
      case JobeRoute.File(String id, JobeRoute.File.Wish wish) ->
        wish == JobeRoute.File.Wish.PUT
            ? workshop.put(id, body)
            : Future.succeededFuture(workshop.head(id));
      case JobeRoute.FilesPost ignored -> Future.succeededFuture(JobeAnswers.filesPostRefused());
      case JobeRoute.Preflight ignored -> Future.succeededFuture(preflight(request));
      case JobeRoute.ServerOptions ignored -> Future.succeededFuture(JobeAnswers.serverOptions());
      case JobeRoute.RunResultById ignored -> Future.succeededFuture(JobeAnswers.notFound(false));
      case JobeRoute.NotFound(boolean html) -> Future.succeededFuture(JobeAnswers.notFound(html));
      case JobeRoute.Outside ignored -> Future.succeededFuture(JobeAnswers.outside());
    };
  }

  private static JobeAnswer preflight(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
        ? JobeAnswers.preflight()
        : JobeAnswers.notFound(false);
  }

  private Future<JobeAnswer> failed(Throwable cause) {
    if (cause instanceof BodyReader.TooLarge) {
      return Future.succeededFuture(JobeAnswers.tooLarge());
    }
    log.atWarn().setCause(cause).log("request failed");
    return Future.succeededFuture(JobeAnswers.fatal());
  }

  private static void send(HttpServerRequest request, JobeAnswer answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store, max-age=0, no-cache");
    if (answer.contentType() != null) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
    }
    if (answer.body() == null || "HEAD".equals(request.method().name())) {
      response.end();
    } else {
      response.end(answer.body());
    }
  }
}
