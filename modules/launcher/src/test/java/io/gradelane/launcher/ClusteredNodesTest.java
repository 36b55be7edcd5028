package io.gradelane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.settings.Loading.Loaded;
import io.gradelane.settings.Settings;
import io.gradelane.settings.SettingsLoader;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes of one cluster in this process. */
class ClusteredNodesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String HELLO = "5d41402abc4b2a76b9719d911017c592";
  private static final String RESTAPI = "/jobe/index.php/restapi/";

  @TempDir
  Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final StubJobe stub = StubJobe.start(vertx);
  private final HttpClient client = HttpClient.newHttpClient();
  private final int firstPort = freePort();
  private final int secondPort = freePort();
  private Node first;
  private Node second;

  @BeforeEach
  void start() {
    first = node("first", firstPort, stub.url().toString());
    second = node("second", secondPort, "");
    Eventually.await(
        "both see both",
        PATIENCE,
        () -> members(first).size() == 2 && members(second).size() == 2);
    eventually("one dispatches, and both know who", () -> {
      String owner = owner(first);
      return owner != null && owner.equals(owner(second));
    });
  }

  @AfterEach
  void stop() {
    Blocking.get(first.close());
    Blocking.get(second.close());
    client.close();
    stub.close();
    Blocking.get(vertx.close());
  }

  @Test
  void whatIsConfiguredOnOneServesTheRunsOfBoth() {
    for (Node node : new Node[] {first, second}) {
      assertThat(run(node, "[]").statusCode()).isEqualTo(200);
    }
    assertThat(stub.counts().mostInFlight()).isPositive();
    eventually("the tags of the languages are equal", () -> etag(first).equals(etag(second)));
    assertThat(get(second, RESTAPI + "languages").body()).contains("python3");
  }

  @Test
  void aFileThatWasPutThroughOneServesRunsOfTheOther() {
    assertThat(send(first, "HEAD", RESTAPI + "files/" + HELLO, "").statusCode()).isEqualTo(404);
    String content = Base64.getEncoder().encodeToString("hello".getBytes(StandardCharsets.UTF_8));
    send(first, "PUT", RESTAPI + "files/" + HELLO, "{\"file_contents\": \"" + content + "\"}");

    assertThat(send(second, "HEAD", RESTAPI + "files/" + HELLO, "").statusCode())
        .isEqualTo(204);
    assertThat(run(second, "[[\"" + HELLO + "\", \"hello.txt\"]]").statusCode()).isEqualTo(200);
    assertThat(run(second, "[[\"" + "0".repeat(32) + "\", \"nothing.txt\"]]").statusCode())
        .isEqualTo(404);
    assertThat(stub.counts().filesPut()).isEqualTo(1);
  }

  @Test
  void whatAnOperatorSaysOnOneHoldsOnTheOther() {
    String servers = "/api/v1/servers/s1";
    HttpResponse<String> changed = send(second, "PATCH", servers, "{\"slots\": 9, \"cores\": 3}");

    assertThat(changed.statusCode()).isEqualTo(200);
    eventually(
        "it is so on the other", () -> json(first, servers).getInteger("slots").equals(9));
    assertThat(get(first, servers).headers().firstValue("etag"))
        .isEqualTo(changed.headers().firstValue("etag"));
    assertThat(send(first, "POST", "/api/v1/servers/refresh", "").statusCode()).isEqualTo(200);
    assertThat(json(second, servers).getInteger("slots")).isEqualTo(9);
  }

  @Test
  void whenOneLeavesTheOtherGoesOn() {
    Blocking.get(first.close());

    eventually("it is alone", () -> members(second).size() == 1);
    eventually("it dispatches", () -> "second".equals(owner(second)));
    assertThat(run(second, "[]").statusCode()).isEqualTo(200);
    assertThat(json(second, "/api/v1/servers/s1").getString("state")).isEqualTo("ready");
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
    Settings settings = ((Loaded) SettingsLoader.load(Optional.empty(), environment)).settings();
    ConfiguredServers configured =
        new ConfiguredServers(settings, () -> SettingsLoader.load(Optional.empty(), environment));
    Node node = Blocking.get(Node.open(name, settings, configured));
    Blocking.get(node.start());
    return node;
  }

  private HttpResponse<String> run(Node node, String files) {
    return send(
        node,
        "POST",
        RESTAPI + "runs",
        "{\"run_spec\": {\"language_id\": \"python3\", \"sourcecode\": \"print(1)\", \"file_list\": "
            + files + "}}");
  }

  private String etag(Node node) {
    return get(node, RESTAPI + "languages").headers().firstValue("etag").orElse("");
  }

  private JsonArray members(Node node) {
    return json(node, "/api/v1/cluster").getJsonArray("members");
  }

  private String owner(Node node) {
    return json(node, "/api/v1/cluster")
        .getJsonArray("pools")
        .getJsonObject(0)
        .getString("owner", null);
  }

  private JsonObject json(Node node, String path) {
    return new JsonObject(get(node, path).body());
  }

  private HttpResponse<String> get(Node node, String path) {
    return send(node, "GET", path, "");
  }

  private HttpResponse<String> send(Node node, String method, String path, String body) {
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

  private static void eventually(String what, BooleanSupplier condition) {
    Eventually.await(what, PATIENCE, condition);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
