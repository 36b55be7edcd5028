package io.gradelane.launcher;

import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.FreePort;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Two whole nodes of one cluster in this process, and a stub that only the first of them names. */
final class TwoNodes implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(40);

  final StubJobe stub;
  private final Vertx vertx = Vertx.vertx();
  private final int firstPort = FreePort.next();
  private final int secondPort = FreePort.next();
  private final Path folder;
  private final Map<String, String> more;
  Node first;
  Node second;

  private TwoNodes(Path folder, Map<String, String> more) {
    this.folder = folder;
    this.more = more;
    stub = StubJobe.start(vertx);
    first = node("first", firstPort, stub.url().toString());
    second = node("second", secondPort, "");
    awaitEachOther();
  }

  /** @param more of both nodes' environment */
  static TwoNodes start(Path folder, Map<String, String> more) {
    return new TwoNodes(folder, more);
  }

  /** Stops both, then starts both. */
  void restart() {
    stop();
    first = node("first", firstPort, stub.url().toString());
    second = node("second", secondPort, "");
    awaitEachOther();
  }

  private void awaitEachOther() {
    eventually(
        "both see both", () -> members(first).size() == 2 && members(second).size() == 2);
    eventually("one dispatches, and both know who", () -> {
      String owner = owner(first);
      return owner != null && owner.equals(owner(second));
    });
  }

  List<Node> both() {
    return List.of(first, second);
  }

  private void stop() {
    Blocking.get(first.close());
    Blocking.get(second.close());
  }

  @Override
  public void close() {
    stop();
    stub.close();
    Blocking.get(vertx.close());
  }

  private Node node(String name, int port, String servers) {
    Map<String, String> environment = new HashMap<>(Map.of(
        "GRADELANE_HTTP_PORT",
        "0",
        "GRADELANE_DATA_DIR",
        folder.resolve(name).toString(),
        "GRADELANE_DRAIN_DELAY",
        "0s",
        "GRADELANE_SANDBOX_COUNT",
        "0",
        "GRADELANE_SERVERS",
        servers,
        "GRADELANE_CLUSTER_NAME",
        "nodes-" + firstPort,
        "GRADELANE_CLUSTER_PORT",
        String.valueOf(port),
        "GRADELANE_CLUSTER_MEMBERS",
        "127.0.0.1:" + firstPort + ",127.0.0.1:" + secondPort));
    environment.putAll(more);
    return WholeNodes.start(name, environment);
  }

  JsonArray members(Node node) {
    return json(node, "/api/v1/cluster").getJsonArray("members");
  }

  String owner(Node node) {
    return json(node, "/api/v1/cluster")
        .getJsonArray("pools")
        .getJsonObject(0)
        .getString("owner", null);
  }

  JsonObject json(Node node, String path) {
    return new JsonObject(get(node, path).body());
  }

  /** What it answers to something that it must take. */
  JsonObject json(Node node, String method, String path, String body) {
    return WholeNodes.json(node, method, path, body);
  }

  HttpResponse<String> get(Node node, String path) {
    return send(node, "GET", path, "");
  }

  HttpResponse<String> send(Node node, String method, String path, String body) {
    return WholeNodes.send(node, method, path, body);
  }

  static void eventually(String what, BooleanSupplier condition) {
    Eventually.await(what, PATIENCE, condition);
  }
}
