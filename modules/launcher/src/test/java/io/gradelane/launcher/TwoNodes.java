package io.gradelane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.settings.Loading.Loaded;
import io.gradelane.settings.Settings;
import io.gradelane.settings.SettingsLoader;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.FreePort;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Two whole nodes of one cluster in this process, and a stub that only the first of them names. */
final class TwoNodes implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(40);

  final StubJobe stub;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
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
    client.close();
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
    Settings settings = ((Loaded) SettingsLoader.load(Optional.empty(), environment)).settings();
    ConfiguredServers configured =
        new ConfiguredServers(settings, () -> SettingsLoader.load(Optional.empty(), environment));
    Node node = Blocking.get(Node.open(name, settings, configured));
    Blocking.get(node.start());
    return node;
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
    HttpResponse<String> answer = send(node, method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  HttpResponse<String> get(Node node, String path) {
    return send(node, "GET", path, "");
  }

  HttpResponse<String> send(Node node, String method, String path, String body) {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + node.port() + path))
        .header("Content-Type", "application/json")
        .header("If-Match", "*")
        .timeout(PATIENCE)
        .method(method, BodyPublishers.ofString(body))
        .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  static void eventually(String what, BooleanSupplier condition) {
    Eventually.await(what, PATIENCE, condition);
  }
}
