package io.gradelane.api.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The connections of one verticle, so that none hangs: who sends nothing, half a request head, or half a body is let go
 * after a while, whoever waits for an answer is not. Not an idle time-out of the socket, because a run may rightly be
 * silent for minutes.
 */
public final class Guests {

  private static final long QUIET_NANOS = Duration.ofSeconds(75).toNanos();
  private static final long SENDING_NANOS = Duration.ofSeconds(30).toNanos();

  private final LongSupplier nanos;
  private final IdentityHashMap<HttpConnection, Guest> here = new IdentityHashMap<>();

  public Guests(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Takes note of a new connection until it closes. */
  public void arrived(HttpConnection connection) {
    here.put(connection, new Guest(nanos.getAsLong()));
    connection.closeHandler(closed -> here.remove(connection));
  }

  /** It is none of HTTP's any more. */
  void left(HttpConnection connection) {
    here.remove(connection);
  }

  Guest of(HttpConnection connection) {
    return here.computeIfAbsent(connection, any -> new Guest(nanos.getAsLong()));
  }

  /** Closes the connections that have been still for too long. */
  public void sweep() {
    long now = nanos.getAsLong();
    List<HttpConnection> stale = here.entrySet().stream()
        .filter(each -> isStale(each.getValue(), now))
        .map(Map.Entry::getKey)
        .toList();
    stale.forEach(Guests::cut);
  }

  /** Closes it now. The HTTP library would wait until all that was written has been taken, which may be never. */
  static void cut(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      var unused = base.channelHandlerContext().close();
    } else {
      connection.close();
    }
  }

  public int count() {
    return here.size();
  }

  private static boolean isStale(Guest guest, long now) {
    return switch (guest.stage()) {
      case QUIET -> guest.still(now) > QUIET_NANOS;
      case SENDING -> guest.still(now) > SENDING_NANOS;
      case WAITING -> false;
    };
  }
}
