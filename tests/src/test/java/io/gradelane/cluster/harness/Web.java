package io.gradelane.cluster.harness;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What a node's other interfaces say: probes, metrics, the operator's. */
final class Web {

  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(LONGEST)
      .build();

  /** {@code status} 0: nobody answered in time. */
  record Page(int status, String body) {}

  private Web() {}

  static Page get(URI url) {
    return send("GET", url, "");
  }

  /** What it says in JSON; nothing if it says something else, or nothing. */
  static JsonObject json(String method, URI url, String body) {
    try {
      return new JsonObject(send(method, url, body).body());
    } catch (DecodeException other) {
      return new JsonObject();
    }
  }

  private static Page send(String method, URI url, String body) {
    HttpRequest request = HttpRequest.newBuilder(url)
        .timeout(LONGEST)
        .header("X-API-KEY", Configuration.KEY)
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Page(answer.statusCode(), answer.body());
    } catch (IOException e) {
      return new Page(0, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Page(0, "interrupted");
    }
  }
}
