package io.gradelane.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's body as long as it is not too large. */
final class BodyReader {

  /** The body is larger than it may be; the connection is of no more use. */
  static final class TooLarge extends Exception {
    private TooLarge() {
      super("body is too large", null, false, false);
    }
  }

  private final HttpServerRequest request;
  private final long most;
  private final Buffer body = Buffer.buffer();
  private final Promise<Buffer> promise = Promise.promise();

  BodyReader(HttpServerRequest request, long most) {
    this.request = request;
    this.most = most;
  }

  Future<Buffer> read() {
    if (announcedBytes() > most) {
      return refuse();
    }
    request.handler(this::append);
    request.exceptionHandler(promise::tryFail);
    request.endHandler(end -> promise.tryComplete(body));
    return promise.future();
  }

  private long announcedBytes() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void append(Buffer chunk) {
    if (body.length() + chunk.length() <= most) {
      body.appendBuffer(chunk);
    } else {
      refuse();
    }
  }

  private Future<Buffer> refuse() {
    request.response().putHeader(HttpHeaders.CONNECTION, "close");
    promise.tryFail(new TooLarge());
    return promise.future();
  }
}
