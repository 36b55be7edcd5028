package io.gradelane.api.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** The body of one request while it goes to where it is kept, no faster than that takes it. */
final class PipedBody {

  private final Exchange exchange;
  private final HttpServerRequest request;
  private final long limit;
  private final BodySink to;
  private final Promise<Long> whole = Promise.promise();
  private long bytes;

  PipedBody(Exchange exchange, long limit, BodySink to) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.limit = limit;
    this.to = to;
  }

  /** @return how many bytes came; fails if it did not come whole, and then the caller has been told or has gone */
  Future<Long> pipe() {
    if (exchange.isOver() || Body.refuses(exchange, limit)) {
      return Future.failedFuture("the body was refused");
    }
    exchange.onGone(() -> whole.tryFail("the caller has gone"));
    exchange.receiving();
    request
        .exceptionHandler(cause -> {
          Body.broken(exchange, cause);
          whole.tryFail(cause);
        })
        .handler(this::received)
        .endHandler(last -> complete());
    request.resume();
    Body.invite(exchange);
    return whole.future();
  }

  private void received(Buffer chunk) {
    if (exchange.isOver() || whole.future().isComplete()) {
      return;
    }
    bytes += chunk.length();
    if (bytes > limit) {
      Body.tooLarge(exchange, limit);
      whole.tryFail("the body is too large");
      return;
    }
    exchange.receiving();
    to.write(chunk).onFailure(this::notTaken);
    if (to.isFull()) {
      hold();
    }
  }

  /** What still comes is swallowed. */
  private void notTaken(Throwable cause) {
    whole.tryFail(cause);
    request.resume();
  }

  /** It is not the caller who is slow now. */
  private void hold() {
    request.pause();
    exchange.received();
    to.onRoom(() -> {
      exchange.receiving();
      request.resume();
    });
  }

  private void complete() {
    exchange.received();
    whole.tryComplete(bytes);
  }
}
