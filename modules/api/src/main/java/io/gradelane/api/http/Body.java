package io.gradelane.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The body of one request while it arrives. Most are one chunk, which is kept as it is. */
final class Body {

  private final Exchange exchange;
  private final HttpServerRequest request;
  private final long limit;
  private final Consumer<Buffer> whole;
  private @Nullable Buffer received;
  private boolean copied;

  Body(Exchange exchange, long limit, Consumer<Buffer> whole) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.limit = limit;
    this.whole = whole;
  }

  void read() {
    if (refuses(exchange, limit)) {
      return;
    }
    exchange.receiving();
    request
        .exceptionHandler(cause -> broken(exchange, cause))
        .handler(this::received)
        .endHandler(last -> complete());
    invite(exchange);
  }

  /** Whether its head alone is reason enough to answer. */
  static boolean refuses(Exchange exchange, long limit) {
    if (declared(exchange) > limit) {
      tooLarge(exchange, limit);
      return true;
    }
    String expect = exchange.header(HttpHeaders.EXPECT);
    if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
      exchange.failAndClose(
          417, "expectation_failed", "Expect: " + expect + " (expected: 100-continue)");
      return true;
    }
    return false;
  }

  /** Tells a client that asked first to send it. */
  static void invite(Exchange exchange) {
    if (exchange.header(HttpHeaders.EXPECT) != null) {
      exchange.request().response().writeContinue();
    }
  }

  private static long declared(Exchange exchange) {
    String length = exchange.header(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  private void received(Buffer chunk) {
    if (exchange.isOver()) {
      return;
    }
    int soFar = received == null ? 0 : received.length();
    if (chunk.length() > limit - soFar) {
      received = null;
      tooLarge(exchange, limit);
      return;
    }
    exchange.receiving();
    if (received == null) {
      received = chunk;
    } else if (copied) {
      received.appendBuffer(chunk);
    } else {
      received = Buffer.buffer(expected(soFar + chunk.length()))
          .appendBuffer(received)
          .appendBuffer(chunk);
      copied = true;
    }
  }

  /** Room for what was announced, but never for much more than has come: announcing costs nothing. */
  private int expected(int soFar) {
    return (int) Math.min(1L << 30, Math.max(2L * soFar, Math.min(declared(exchange), 4L * soFar)));
  }

  private void complete() {
    if (exchange.isOver()) {
      return;
    }
    exchange.received();
    try {
      whole.accept(received == null ? Buffer.buffer() : received);
    } catch (RuntimeException broken) {
      exchange.crash(broken);
    }
  }

  static void broken(Exchange exchange, Throwable cause) {
    if (!(cause instanceof HttpClosedException)) {
      exchange.failAndClose(400, "malformed", "The body is not well-formed HTTP");
      flush(exchange.request());
    }
  }

  /** The HTTP library closes the connection as soon as this returns, and would drop what is only written. */
  private static void flush(HttpServerRequest request) {
    if (request.connection() instanceof ConnectionBase connection) {
      connection.channelHandlerContext().flush();
    }
  }

  static void tooLarge(Exchange exchange, long limit) {
    exchange.failAndClose(413, "too_large", "The body is larger than " + limit + " bytes");
  }
}
