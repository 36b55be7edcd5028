package io.gradelane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.settings.Loading.Loaded;
import io.gradelane.settings.Settings;
import io.gradelane.settings.SettingsLoader;
import io.gradelane.testkit.Blocking;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Whole nodes in this process: started by their environment alone, and asked over HTTP. */
final class WholeNodes {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private WholeNodes() {}

  static Node start(String name, Map<String, String> environment) {
    Settings settings = ((Loaded) SettingsLoader.load(Optional.empty(), environment)).settings();
    ConfiguredServers servers =
        new ConfiguredServers(settings, () -> SettingsLoader.load(Optional.empty(), environment));
    Node node = Blocking.get(Node.open(name, settings, servers));
    Blocking.get(node.start());
    return node;
  }

  /** What it answers to something that it must take. */
  static JsonObject json(Node node, String method, String path, String body) {
    HttpResponse<String> answer = send(node, method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  static HttpResponse<String> send(Node node, String method, String path, String body) {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + node.port() + path))
        .header("Content-Type", "application/json")
        .header("If-Match", "*")
        .timeout(PATIENCE)
        .method(method, BodyPublishers.ofString(body))
        .build();
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
