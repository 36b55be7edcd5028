package io.gradelane.launcher;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command asks a node's interface: options of the command say which node, and with which key. */
final class NodeQuestion {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "Any node; ${DEFAULT-VALUE} unless given.")
  private URI node = URI.create("");

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "A key of scope admin, if there are keys.")
  private @Nullable String key;

  /** Nothing that could be shown; the message is fit for people. */
  static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private NoAnswer(String why) {
      super(why);
    }
  }

  URI node() {
    return node;
  }

  JsonObject ask(String path) throws NoAnswer, InterruptedException {
    HttpResponse<String> answer = send(path);
    try {
      if (answer.statusCode() == 200) {
        return new JsonObject(answer.body());
      }
      throw new NoAnswer(node + " answered " + answer.statusCode() + because(answer));
    } catch (DecodeException strange) {
      throw new NoAnswer(node + " is no node of Gradelane");
    }
  }

  private static String because(HttpResponse<String> answer) {
    if (answer.statusCode() == 401 || answer.statusCode() == 403) {
      return ": it wants a key of scope admin (--key)";
    }
    String detail = new JsonObject(answer.body()).getString("detail", "");
    return detail.isEmpty() ? "" : ": " + detail;
  }

  private HttpResponse<String> send(String path) throws NoAnswer, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create(node.toString().replaceFirst("/+$", "") + path))
        .timeout(TIMEOUT);
    if (key != null) {
      request.header("X-API-KEY", key);
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException silence) {
      throw new NoAnswer(node + " does not answer");
    }
  }
}
