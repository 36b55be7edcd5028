package io.gradelane.launcher.remote;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that a command may ask: one at a time, the next when that one can't be reached. Whatever isn't answered well is
 * a {@link Trouble}.
 */
final class Nodes implements AutoCloseable {

  private static final String JSON = "application/json";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(2);

  /**
   * What one node after the other may be asked.
   *
   * @param type of the body, empty if there is none
   * @param longest that the answer may take; null for a stream
   * @param once by which it is known again, so that it can be asked twice; empty if it has none
   */
  private record Question(
      String method,
      String path,
      String type,
      BodyPublisher body,
      @Nullable Duration longest,
      String once) {

    static Question get(String path, @Nullable Duration longest) {
      return new Question("GET", path, "", BodyPublishers.noBody(), longest, "");
    }

    static Question once(String path, String type, BodyPublisher body, Duration longest) {
      return new Question("POST", path, type, body, longest, UUID.randomUUID().toString());
    }

    boolean isRepeatable() {
      return method.equals("GET") || !once.isEmpty();
    }
  }

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
    return json(send(Question.get(path, ANSWER)));
  }

  JsonObject post(String path, JsonObject body) {
    BodyPublisher text = BodyPublishers.ofString(body.encode());
    return json(send(new Question("POST", path, JSON, text, ANSWER, "")));
  }

  /** Where the same is known again by its {@code Idempotency-Key}. */
  JsonObject postOnce(String path, JsonObject body) {
    return json(send(Question.once(path, JSON, BodyPublishers.ofString(body.encode()), ANSWER)));
  }

  JsonObject patch(String path, JsonObject body) {
    BodyPublisher change = BodyPublishers.ofString(body.encode());
    return json(send(new Question("PATCH", path, JSON, change, ANSWER, "")));
  }

  /**
   * Posts once what is JSON line by line.
   *
   * @param longest that sending it and the answer may take
   */
  JsonObject postLines(String path, BodyPublisher lines, Duration longest) {
    return json(send(Question.once(path, "application/x-ndjson", lines, longest)));
  }

  JsonObject delete(String path) {
    return json(send(new Question("DELETE", path, "", BodyPublishers.noBody(), ANSWER, "")));
  }

  /** Opens a stream; the answer's body is to be closed. */
  HttpResponse<InputStream> stream(String path) throws IOException, InterruptedException {
    return ask(Question.get(path, null), BodyHandlers.ofInputStream());
  }

  /** What was never sent is tried on every node, and so is what may be asked twice: on one node alone, once more. */
  private HttpResponse<String> send(Question question) {
    String reason = "";
    int tries = question.isRepeatable() ? Math.max(2, urls.size()) : urls.size();
    for (int i = 0; i < tries; i++) {
      try {
        return good(question.path, ask(question, BodyHandlers.ofString()));
      } catch (ConnectException | HttpConnectTimeoutException e) {
        reason = unreachable(current());
        next();
      } catch (IOException e) {
        reason = current() + " did not answer: " + reason(e);
        if (!question.isRepeatable()) {
          throw new Trouble(reason);
        }
        next();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Trouble("interrupted");
      }
    }
    throw new Trouble(reason);
  }

  private <T> HttpResponse<T> ask(Question question, BodyHandler<T> reader)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(current() + question.path))
        .method(question.method, question.body);
    if (!question.type.isEmpty()) {
      request.header("Content-Type", question.type);
    }
    if (!question.once.isEmpty()) {
      request.header("Idempotency-Key", question.once);
    }
    if (key != null) {
      request.header("X-API-KEY", key);
    }
    if (question.longest != null) {
      request.timeout(question.longest);
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
      case 403 -> "refuses: " + detail;
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
    return path.contains("/batches/") ? "knows no such batch" : "says: " + detail;
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
