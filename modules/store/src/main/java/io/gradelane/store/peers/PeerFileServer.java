package io.gradelane.store.peers;

import io.gradelane.store.FileId;
import io.gradelane.store.FileStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets other nodes have the files of this one.
 *
 * <pre>
 *  GET    /files/&lt;md5&gt;            the content
 *  GET    /names/&lt;id&gt;?tenant=…    the MD5 of what the tenant calls by that id
 *  PUT    /names/&lt;id&gt;?tenant=…    the tenant has given that id to something on another node; its MD5 is the body
 * </pre>
 */
public final class PeerFileServer {

  private static final Logger log = LoggerFactory.getLogger(PeerFileServer.class);
  private static final String FILES = "/files/";
  private static final String NAMES = "/names/";
  static final String TENANT = "tenant";

  private final FileStore near;
  private final Pass pass;

  private PeerFileServer(FileStore near, String secret) {
    this.near = near;
    pass = Pass.of(secret);
  }

  /** @param near the files of this node alone: otherwise two nodes would ask each other for ever */
  public static Future<HttpServer> open(
      Vertx vertx, String host, int port, FileStore near, String secret) {
    PeerFileServer door = new PeerFileServer(near, secret);
    return vertx
        .createHttpServer(
            new HttpServerOptions().setTcpNoDelay(true).setHttp2ClearTextEnabled(false))
        .requestHandler(door::answer)
        .exceptionHandler(cause -> log.debug("a node's connection broke", cause))
        .listen(port, host);
  }

  private void answer(HttpServerRequest request) {
    String path = request.path();
    if (!pass.isShownBy(request.getHeader(Pass.HEADER))) {
      end(request, 403);
    } else if (path.startsWith(FILES) && request.method().equals(HttpMethod.GET)) {
      content(request, path.substring(FILES.length()));
    } else if (path.startsWith(NAMES) && FileId.valid(path.substring(NAMES.length()))) {
      name(request, path.substring(NAMES.length()));
    } else {
      end(request, 404);
    }
  }

  private void content(HttpServerRequest request, String md5) {
    near.content(md5)
        .onSuccess(found -> found.ifPresentOrElse(
            content -> request.response().end(content), () -> end(request, 404)))
        .onFailure(cause -> end(request, 500));
  }

  private void name(HttpServerRequest request, String id) {
    String tenant = tenant(request);
    if (request.method().equals(HttpMethod.PUT)) {
      request
          .body()
          .map(Buffer::toString)
          .compose(md5 ->
              FileId.isMd5(md5) ? near.name(tenant, id, md5).map(204) : Future.succeededFuture(400))
          .onSuccess(status -> end(request, status))
          .onFailure(cause -> end(request, 500));
    } else {
      near.digest(tenant, id)
          .onSuccess(found -> found.ifPresentOrElse(
              md5 -> request.response().end(Buffer.buffer(md5)), () -> end(request, 404)))
          .onFailure(cause -> end(request, 500));
    }
  }

  private static String tenant(HttpServerRequest request) {
    String shown = request.getParam(TENANT);
    return shown == null ? "" : shown;
  }

  private static void end(HttpServerRequest request, int status) {
    request.response().setStatusCode(status).end();
  }
}
