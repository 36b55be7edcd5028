package io.gradelane.cluster.harness;

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
  record Page(int status, String body, String retryAfter) {}

  private Web() {}

  static Page get(URI url) {
    return send("GET", url, "", LONGEST);
  }

  static Page send(String method, URI url, String body, Duration longest, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url)
        .timeout(longest)
        .header("X-API-KEY", Configuration.KEY)
        .method(
            method,
            body.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Page(
          answer.statusCode(),
          answer.body(),
          answer.headers().firstValue("Retry-After").orElse(""));
    } catch (IOException e) {
      return new Page(0, String.valueOf(e.getMessage()), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Page(0, "interrupted", "");
    }
  }
}
