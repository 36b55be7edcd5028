package io.gradelane.store.peers;

import io.gradelane.store.FileStore;
import io.gradelane.store.heap.HeapFileStore;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.SettableClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Some nodes' file stores that know each other. */
final class Neighbours {

  static final String SECRET = "what the nodes share";
  static final Duration LOOK_UP = Duration.ofSeconds(5);

  private static final String HOST = "127.0.0.1";

  /** One node: what it keeps itself, and what it finds. */
  record Neighbour(FileStore near, PeerFileStore all, HttpServer door, String address) {}

  private final Vertx vertx;
  private final List<Neighbour> nodes = new ArrayList<>();

  Neighbours(Vertx vertx) {
    this.vertx = vertx;
  }

  Neighbour join() {
    return join(SECRET, LOOK_UP);
  }

  Neighbour join(String secret, Duration lookUp) {
    FileStore near = HeapFileStore.inHeap(vertx, 8L << 20, Duration.ofDays(1), new SettableClock());
    HttpServer door = Blocking.get(PeerFileServer.open(vertx, HOST, 0, near, secret));
    String address = HOST + ":" + door.actualPort();
    PeerFileStore all = PeerFileStore.over(
        vertx, near, () -> othersThan(address), secret, lookUp, Duration.ofSeconds(10));
    Neighbour joined = new Neighbour(near, all, door, address);
    nodes.add(joined);
    return joined;
  }

  private List<String> othersThan(String address) {
    return nodes.stream()
        .map(Neighbour::address)
        .filter(other -> !other.equals(address))
        .toList();
  }
}
