package io.gradelane.launcher.remote;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that a command may ask: one at a time, the next when that one can't be reached. Whatever isn't answered well is
 * a {@link Trouble}.
 */
final class Nodes implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(2);

  private final List<URI> urls;
  private final @Nullable String key;
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(CONNECT)
      .build();
  private int current;

  Nodes(List<URI> urls, @Nullable String key) {
    this.urls = List.copyOf(urls);
    this.key = key;
  }

  int count() {
    return urls.size();
  }

  /** The one that is asked now. */
  URI current() {
    return urls.get(current);
  }

  /** The next one's turn. */
  void next() {
    current = (current + 1) % urls.size();
  }

  JsonObject get(String path) {
    return json(send("GET", path, null));
  }

  JsonObject post(String path, JsonObject body) {
    return json(send("POST", path, body.encode()));
  }

  JsonObject patch(String path, JsonObject body) {
    return json(send("PATCH", path, body.encode()));
  }

  JsonObject delete(String path) {
    return json(send("DELETE", path, null));
  }

  String text(String path) {
    return send("GET", path, null).body();
  }

  /** Opens a stream; the answer's body is to be closed. */
  HttpResponse<InputStream> stream(String path) throws IOException, InterruptedException {
    return ask("GET", path, null, BodyHandlers.ofInputStream(), null);
  }

  /** What was never sent is tried on every node. */
  private HttpResponse<String> send(String method, String path, @Nullable String body) {
    String reason = "";
    for (int i = 0; i < urls.size(); i++) {
      try {
        return good(path, ask(method, path, body, BodyHandlers.ofString(), ANSWER));
      } catch (ConnectException e) {
        reason = unreachable(current());
        next();
      } catch (IOException e) {
        throw new Trouble(current() + " did not answer: " + reason(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Trouble("interrupted");
      }
    }
    throw new Trouble(reason);
  }

  private <T> HttpResponse<T> ask(
      String method,
      String path,
      @Nullable String body,
      BodyHandler<T> reader,
      @Nullable Duration timeout)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(current() + path))
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (key != null) {
      request.header("X-API-KEY", key);
    }
    if (timeout != null) {
      request.timeout(timeout);
    }
    return client.send(request.build(), reader);
  }

  private HttpResponse<String> good(String path, HttpResponse<String> answer) {
    if (answer.statusCode() < 300) {
      return answer;
    }
    throw trouble(path, answer.statusCode(), answer.body());
  }

  /** An answer that is none, in words. */
  Trouble trouble(String path, int status, String body) {
    String detail = detail(body);
    String what = switch (status) {
      case 401 -> "wants a key: set GRADELANE_KEY to one that it knows";
      case 403 -> "does not let this key: " + detail;
      case 404 -> unknown(path, detail);
      case 503 -> "can't at the moment: " + detail;
      default -> "answered " + status + (detail.isEmpty() ? "" : ": " + detail);
    };
    return new Trouble(current() + " " + what);
  }

  private static String unknown(String path, String detail) {
    if (path.contains("/jobs/")) {
      return "knows no such job";
    }
    return (path.contains("/batches") ? "knows no such batch: " : "says: ") + detail;
  }

  static String unreachable(URI url) {
    return url + " can't be reached: is a node running there? (--url or GRADELANE_URL names it)";
  }

  /** The detail of a problem, with what is wrong in the body. */
  private static String detail(String body) {
    try {
      JsonObject problem = new JsonObject(body);
      StringBuilder text = new StringBuilder(problem.getString("detail", ""));
      if (problem.getJsonArray("errors") != null) {
        for (Object each : problem.getJsonArray("errors")) {
          JsonObject error = (JsonObject) each;
          text.append("\n  ")
              .append(error.getString("pointer"))
              .append(": ")
              .append(error.getString("detail"));
        }
      }
      return text.toString();
    } catch (DecodeException | ClassCastException none) {
      return "";
    }
  }

  private JsonObject json(HttpResponse<String> answer) {
    try {
      return new JsonObject(answer.body());
    } catch (DecodeException e) {
      throw new Trouble(current() + " is no node of Gradelane");
    }
  }

  static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
