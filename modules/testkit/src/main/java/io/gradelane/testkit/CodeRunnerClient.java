package io.gradelane.testkit;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Does on the wire what one {@code execute()} of CodeRunner 5.9.3 does: a new connection per request, its headers in
 * its order, and after a 404 every file, then the run once more.
 *
 * <p>Blocks, so give each student a virtual thread. Thread-safe.
 */
public final class CodeRunnerClient {

  /** What a student's Check sends. */
  public record Task(
      String language,
      String source,
      String input,
      Map<String, byte[]> filesByName,
      JsonObject parameters) {

    public Task(String language, String source) {
      this(language, source, "", Map.of(), new JsonObject());
    }

    public Task withFiles(Map<String, byte[]> files) {
      return new Task(language, source, input, new LinkedHashMap<>(files), parameters);
    }

    /** What a {@link StubJobe} prints if it ran just this. */
    public String expectedEcho() {
      return StubAnswer.echo(source, input, filesByName);
    }
  }

  /**
   * What came back in the end.
   *
   * @param status 0 if a connection failed, as CodeRunner reports it
   * @param statuses of all requests of this execute, in order
   * @param took from first byte to last answer
   */
  public record Execution(int status, String body, List<Integer> statuses, Duration took) {

    /** The result's outcome, or -1 if this is no result. */
    public int outcome() {
      return status == 200 ? new JsonObject(body).getInteger("outcome", -1) : -1;
    }

    public String stdout() {
      return status == 200 ? new JsonObject(body).getString("stdout", "") : "";
    }
  }

  private final URI host;
  private final @Nullable String apiKey;

  /** @param host scheme, host, port and any path, as in CodeRunner's {@code jobe_host}; no trailing slash */
  public CodeRunnerClient(URI host) {
    this(host, null);
  }

  public CodeRunnerClient(URI host, @Nullable String apiKey) {
    this.host = host;
    this.apiKey = apiKey;
  }

  public Execution execute(Task task) {
    return execute(task, HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt() >>> 1));
  }

  /** @param jobId goes out as {@code X-CodeRunner-Job-Id} */
  public Execution execute(Task task, String jobId) {
    long start = System.nanoTime();
    List<Integer> statuses = new ArrayList<>();
    WireAnswer last = send("POST", "runs", body(task), jobId, false, statuses);
    if (last.status() == 404) {
      last = uploadAndRepeat(task, jobId, last, statuses);
    }
    return new Execution(
        last.status(), last.body(), statuses, Duration.ofNanos(System.nanoTime() - start));
  }

  /** Sends a run and reads nothing: closing the connection is a student who goes away. */
  public Socket begin(Task task) throws IOException {
    return WireRequest.send(host, head("POST", "runs", "00000000", false), body(task));
  }

  /** {@code GET languages}, as for each click on Try it! */
  public Execution languages() {
    long start = System.nanoTime();
    List<Integer> statuses = new ArrayList<>();
    WireAnswer answer = send("GET", "languages", null, null, false, statuses);
    return new Execution(
        answer.status(), answer.body(), statuses, Duration.ofNanos(System.nanoTime() - start));
  }

  private WireAnswer uploadAndRepeat(
      Task task, String jobId, WireAnswer first, List<Integer> statuses) {
    for (byte[] content : task.filesByName.values()) {
      String file = new JsonObject()
          .put("file_contents", Base64.getEncoder().encodeToString(content))
          .encode()
          .replace("/", "\\/");
      if (send("PUT", "files/" + md5(content), file, jobId, false, statuses).status() != 204) {
        return first;
      }
    }
    return task.filesByName.isEmpty()
        ? first
        : send("POST", "runs", body(task), jobId, true, statuses);
  }

  private WireAnswer send(
      String method,
      String resource,
      @Nullable String body,
      @Nullable String jobId,
      boolean again,
      List<Integer> statuses) {
    WireAnswer answer;
    try {
      answer = WireRequest.exchange(host, head(method, resource, jobId, again), body);
    } catch (IOException e) {
      answer = new WireAnswer(0, String.valueOf(e.getMessage()));
    }
    statuses.add(answer.status());
    return answer;
  }

  private String head(String method, String resource, @Nullable String jobId, boolean again) {
    StringBuilder head = new StringBuilder()
        .append(
            method + " " + host.getPath() + "/jobe/index.php/restapi/" + resource + " HTTP/1.1\r\n")
        .append("Host: " + host.getAuthority() + "\r\n")
        .append("Accept-Encoding: deflate, gzip, br, zstd\r\n")
        .append("Content-Type: application/json; charset=utf-8\r\n")
        .append("Accept-Charset: utf-8\r\nAccept: application/json\r\n");
    if (apiKey != null) {
      head.append("X-API-KEY: " + apiKey + "\r\n");
    }
    if (jobId != null) {
      head.append("X-CodeRunner-Job-Id: " + jobId + "\r\n");
    }
    head.append("User-Agent: MoodleBot/5.1 (+https://moodle.example.edu)\r\n");
    return again ? head.append("User-Agent: CodeRunner\r\n").toString() : head.toString();
  }

  private String body(Task task) {
    JsonArray fileList = new JsonArray();
    task.filesByName.forEach(
        (name, content) -> fileList.add(new JsonArray().add(md5(content)).add(name)));
    JsonObject spec = new JsonObject()
        .put("language_id", task.language)
        .put("sourcecode", task.source)
        .put("sourcefilename", "__tester__." + task.language)
        .put("input", task.input)
        .put("file_list", fileList)
        .put("parameters", task.parameters.isEmpty() ? new JsonArray() : task.parameters)
        .put("jobeserver", host.toString());
    return Json.encode(new JsonObject().put("run_spec", spec)).replace("/", "\\/");
  }

  /** Lower-case hex, CodeRunner's id of a file. */
  public static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** UTF-8 bytes. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
