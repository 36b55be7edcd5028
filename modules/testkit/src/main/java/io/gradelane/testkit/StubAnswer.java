package io.gradelane.testkit;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link StubJobe} answers to one run.
 *
 * @param delay how long the run takes
 * @param body JSON text, sent as it is
 */
public record StubAnswer(Duration delay, int status, String body) {

  /** The program's stdout is {@link #echo}: right for this run and for no other. */
  public static StubAnswer echoing(JsonObject spec, Map<String, byte[]> filesByName) {
    return result(15, "", echo(spec, filesByName), "");
  }

  /** A result as Jobe 2.2.1 writes it, after no time at all. */
  public static StubAnswer result(int outcome, String cmpinfo, String stdout, String stderr) {
    String runId = outcome == 21 ? "\"0\"" : "null";
    return new StubAnswer(
        Duration.ZERO,
        200,
        "{\"run_id\":" + runId + ",\"outcome\":" + outcome + ",\"cmpinfo\":" + Json.encode(cmpinfo)
            + ",\"stdout\":" + Json.encode(stdout) + ",\"stderr\":" + Json.encode(stderr) + "}");
  }

  /** An error as Jobe writes it: a JSON string. */
  public static StubAnswer error(int status, String message) {
    return new StubAnswer(Duration.ZERO, status, Json.encode(message));
  }

  public StubAnswer after(Duration newDelay) {
    return new StubAnswer(newDelay, status, body);
  }

  /**
   * Derived from everything that a program's output could depend on: source, stdin, and the files' names and contents
   * (not their ids, which a gateway may replace).
   */
  public static String echo(String source, String input, Map<String, byte[]> filesByName) {
    MessageDigest digest = sha256();
    digest.update(source.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(input.getBytes(StandardCharsets.UTF_8));
    new TreeMap<>(filesByName).forEach((name, content) -> {
      digest.update((byte) 0);
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(content);
    });
    return "echo " + HexFormat.of().formatHex(digest.digest()) + "\n";
  }

  private static String echo(JsonObject spec, Map<String, byte[]> filesByName) {
    return echo(
        String.valueOf(spec.getValue("sourcecode")),
        String.valueOf(spec.getValue("input", "")),
        filesByName);
  }

  /** Whether it is one of the tiny programs by which the gateway sees if a server can run anything. */
  public static boolean isProbe(JsonObject spec) {
    return String.valueOf(spec.getValue("sourcecode")).contains("gradelane probe");
  }

  /** A run's {@code file_list} as it was sent, empty if there is none. */
  static JsonArray fileList(JsonObject spec) {
    return spec.getValue("file_list") instanceof JsonArray list ? list : new JsonArray();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
