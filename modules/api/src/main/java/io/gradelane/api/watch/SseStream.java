package io.gradelane.api.watch;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Exchange;
import io.gradelane.api.http.Headers;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One topic as server-sent events. The answer begins with the first word, so that what can't be watched is still answered
 * with a status.
 */
final class SseStream implements Stream, Outlet {

  private static final int MOST_UNSENT_BYTES = 16 << 10;

  private final Exchange exchange;
  private final Streams streams;
  private final String tenant;
  private final Word hello;
  private @Nullable HttpServerResponse response;
  private @Nullable Subscription subscription;
  private int unread;

  /** @param hello is said first */
  SseStream(Exchange exchange, Streams streams, Tenant tenant, Word hello) {
    this.exchange = exchange;
    this.streams = streams;
    this.tenant = tenant.name();
    this.hello = hello;
    exchange.onGone(this::gone);
  }

  /** What it tells; to be called once. */
  void tells(Subscription told) {
    subscription = told;
    if (exchange.isOver()) {
      told.end();
    }
  }

  private void gone() {
    streams.closed(this);
    if (subscription != null) {
      subscription.end();
    }
  }

  @Override
  public String tenant() {
    return tenant;
  }

  @Override
  public boolean isFull() {
    return exchange.isOver() || (response != null && response.writeQueueFull());
  }

  @Override
  public void say(Word word) {
    if (!exchange.isOver()) {
      HttpServerResponse begun = opened();
      if (!exchange.isOver()) {
        begun.write(text(word));
      }
    }
  }

  private HttpServerResponse opened() {
    HttpServerResponse begun = response;
    if (begun == null) {
      exchange.put(HttpHeaders.CACHE_CONTROL, "no-store").put("X-Accel-Buffering", "no");
      begun = exchange.stream(Headers.EVENTS);
      begun.setWriteQueueMaxSize(MOST_UNSENT_BYTES).drainHandler(drained -> roomAgain());
      response = begun;
      begun.write(text(hello));
      streams.opened(this);
    }
    return begun;
  }

  private void roomAgain() {
    unread = 0;
    if (subscription != null) {
      subscription.flush();
    }
  }

  @Override
  public void ping() {
    if (!isFull()) {
      opened().write(": ping\n\n");
    } else if (++unread >= WatchRoom.PATIENCE_PINGS) {
      exchange.cut();
    }
  }

  @Override
  public Future<Void> bye(int retryMillis) {
    if (exchange.isOver()) {
      return Future.succeededFuture();
    }
    Word bye = Word.plain(
        Word.Type.BYE,
        new JsonObject().put("reason", "this node leaves").put("retry", retryMillis));
    opened().write("retry: " + retryMillis + "\n" + text(bye));
    gone();
    return exchange.endStream();
  }

  private static String text(Word word) {
    String id = word.cursor() == null ? "" : "id: " + word.cursor() + "\n";
    return "event: " + word.type().word() + "\n" + id + "data: " + word.text() + "\n\n";
  }
}
