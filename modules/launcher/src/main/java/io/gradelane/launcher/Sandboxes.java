package io.gradelane.launcher;

import io.gradelane.core.server.ServerSpec;
import io.gradelane.health.ServerSource;
import io.gradelane.sandbox.SandboxOptions;
import io.gradelane.sandbox.SandboxServer;
import io.gradelane.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The embedded sandboxes: servers of a node that was configured without any. */
final class Sandboxes {

  private static final String LOOPBACK = "127.0.0.1";

  private final Vertx vertx;
  private final Settings settings;
  private final String node;
  private final List<SandboxServer> running = new ArrayList<>();

  /** @param node that they go with, named where there are others; empty if there are none */
  Sandboxes(Vertx vertx, Settings settings, String node) {
    this.vertx = vertx;
    this.settings = settings;
    this.node = node;
  }

  /** One after the other: what the second has to find out, the first has found out. */
  Future<?> open() {
    int count = settings.sandboxes();
    Future<?> started = Future.succeededFuture();
    for (int number = 1; number <= count; number++) {
      int next = number;
      started = started.compose(before -> start(next)).onSuccess(running::add);
    }
    return started.recover(failure -> close().transform(closed -> Future.failedFuture(failure)));
  }

  Future<Void> close() {
    List<SandboxServer> all = List.copyOf(running);
    running.clear();
    return Future.join(all.stream().map(SandboxServer::close).toList()).mapEmpty();
  }

  /** The sandboxes if there are any, else what is configured. */
  ServerSource orElse(ServerSource configured) {
    return running.isEmpty() ? configured : ServerSource.of(specs());
  }

  private Future<SandboxServer> start(int number) {
    return SandboxServer.start(
        vertx,
        new SandboxOptions(
            LOOPBACK,
            0,
            settings.sandbox().slots(),
            settings.dataDir().resolve("sandbox-" + number)));
  }

  private List<ServerSpec> specs() {
    return IntStream.range(0, running.size())
        .mapToObj(i -> spec(prefix() + "sandbox-" + (i + 1), running.get(i).port()))
        .toList();
  }

  private ServerSpec spec(String id, int port) {
    int slots = settings.sandbox().slots();
    URI url = URI.create("http://" + LOOPBACK + ":" + port);
    return new ServerSpec(id, url, null, slots, ServerSpec.defaultCores(slots), 1, labels());
  }

  private String prefix() {
    return node.isEmpty() ? "" : node + "-";
  }

  private Map<String, String> labels() {
    return node.isEmpty() ? Map.of("embedded", "true") : Map.of("embedded", "true", "node", node);
  }
}
