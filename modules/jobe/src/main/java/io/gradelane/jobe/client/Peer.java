package io.gradelane.jobe.client;

import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One server's address and its idle connections, the latest used first.
 *
 * <p>Not Vert.x's own pool, because that one obeys the {@code Keep-Alive: timeout=5} of an Apache and so offers
 * connections that the server is closing at that very moment. Written and read on the client's context only.
 */
final class Peer {

  private record Idle(HttpClientConnection connection, long since) {}

  private final HttpConnectOptions options;
  private final String base;
  private final ArrayDeque<Idle> idle = new ArrayDeque<>();

  Peer(URI url) {
    boolean ssl = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() > 0 ? url.getPort() : ssl ? 443 : 80;
    options = new HttpConnectOptions()
        .setServer(SocketAddress.inetSocketAddress(port, bare(url.getHost())))
        .setHost(url.getHost())
        .setPort(port)
        .setSsl(ssl);
    base = (url.getRawPath() == null ? "" : url.getRawPath()) + "/jobe/index.php/restapi/";
  }

  /** An IPv6 address stands in brackets in a URL, and without them in a socket address. */
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  HttpConnectOptions options() {
    return options;
  }

  String path(String resource) {
    return base + resource;
  }

  /** Takes a connection that has been idle for no longer than {@code maxIdle}, if there is one. */
  @Nullable
  HttpClientConnection take(long now, long maxIdle) {
    Idle latest = idle.pollLast();
    if (latest == null) {
      return null;
    }
    if (now - latest.since > maxIdle) {
      latest.connection.close();
      return null;
    }
    return latest.connection;
  }

  void put(HttpClientConnection connection, long now) {
    idle.addLast(new Idle(connection, now));
  }

  /** The server has closed it. */
  void forget(HttpClientConnection connection) {
    idle.removeIf(each -> each.connection.equals(connection));
  }

  /** Closes what has been idle for longer than {@code maxIdle}; a connection occupies one of the server's workers. */
  void sweep(long now, long maxIdle) {
    for (Idle oldest = idle.peekFirst();
        oldest != null && now - oldest.since > maxIdle;
        oldest = idle.peekFirst()) {
      idle.pollFirst();
      oldest.connection.close();
    }
  }

  boolean hasIdle() {
    return !idle.isEmpty();
  }
}
