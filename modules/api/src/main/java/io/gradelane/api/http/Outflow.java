package io.gradelane.api.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is sent piece by piece, no faster than the caller takes it. Who takes nothing for a while is let go like
 * one who stops in the middle of a request. Used on its verticle's context only.
 */
public final class Outflow {

  private static final int PIECE = 256 * 1024;

  private final Exchange exchange;
  private final HttpServerResponse response;
  private @Nullable Promise<Void> room;
  private boolean gone;

  Outflow(Exchange exchange) {
    this.exchange = exchange;
    response = exchange.request().response();
    response.closeHandler(closed -> gone());
    response.exceptionHandler(ignored -> {});
  }

  /** @return when there is room for more; fails if the caller has gone */
  public Future<Void> write(Buffer buffer) {
    return write(buffer, 0);
  }

  private Future<Void> write(Buffer buffer, int from) {
    int at = from;
    while (at < buffer.length() && !gone && !response.writeQueueFull()) {
      int to = Math.min(buffer.length(), at + PIECE);
      response.write(buffer.slice(at, to));
      at = to;
    }
    if (gone) {
      return Future.failedFuture("the caller has gone");
    }
    int next = at;
    if (response.writeQueueFull()) {
      exchange.receiving();
      return drained().compose(free -> write(buffer, next));
    }
    exchange.received();
    return Future.succeededFuture();
  }

  private Future<Void> drained() {
    Promise<Void> promise = Promise.promise();
    room = promise;
    response.drainHandler(free -> promise.tryComplete());
    return promise.future();
  }

  /** That was all. */
  public void end() {
    if (!gone) {
      gone = true;
      exchange.sent();
    }
  }

  /** There is more, but it can't be had: the caller sees that the answer is not whole. */
  public void breakOff() {
    gone();
    exchange.request().connection().close();
  }

  private void gone() {
    if (gone) {
      return;
    }
    gone = true;
    exchange.notWhole();
    if (room != null) {
      room.tryFail("the caller has gone");
    }
  }
}
