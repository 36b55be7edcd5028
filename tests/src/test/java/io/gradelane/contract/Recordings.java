package io.gradelane.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was recorded with a real Jobe; the README beside the data says how. */
final class Recordings {

  private Recordings() {}

  /** One request and its answer. {@code head} has no length and no blank line. */
  record Turn(String name, String head, @Nullable Buffer body, WireAnswer answer) {

    /** The language that a run needs, or null if this is none that gets so far. */
    @Nullable
    String language() {
      if (body == null || !head.startsWith("POST") || answer.status() != 200) {
        return null;
      }
      JsonObject spec = new JsonObject(body).getJsonObject("run_spec", new JsonObject());
      return String.valueOf(spec.getValue("language_id")).toLowerCase(Locale.ROOT);
    }
  }

  /** A program, its files by id, and its result. */
  record Program(String name, JsonObject runSpec, Map<String, String> files, JsonObject result) {}

  static List<Turn> probes() {
    return read("probes.json", Recordings::probe);
  }

  static List<Program> programs() {
    return read("programs.json", Recordings::program);
  }

  static List<Turn> codeRunner() {
    return read("coderunner.json", Recordings::turn);
  }

  private static <T> List<T> read(String file, Function<JsonObject, T> reader) {
    try (InputStream in = Objects.requireNonNull(
        Recordings.class.getResourceAsStream("/jobe-conversations/" + file))) {
      List<T> all = new ArrayList<>();
      new JsonArray(Buffer.buffer(in.readAllBytes()))
          .forEach(item -> all.add(reader.apply((JsonObject) item)));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Turn probe(JsonObject json) {
    JsonObject request = json.getJsonObject("request");
    StringBuilder head = new StringBuilder();
    head.append(request.getString("method")).append(' ').append(request.getString("path"));
    head.append(" HTTP/").append(request.getString("http")).append("\r\nHost: jobe.example.edu");
    request.getJsonArray("headers").forEach(header -> head.append("\r\n").append(header));
    JsonObject response = json.getJsonObject("response");
    Map<String, String> headers = new TreeMap<>();
    response
        .getJsonObject("headers")
        .forEach(entry -> headers.put(entry.getKey(), String.valueOf(entry.getValue())));
    Buffer answer = Objects.requireNonNullElseGet(body(response), Buffer::buffer);
    return new Turn(
        json.getString("name"),
        head.toString(),
        body(request),
        new WireAnswer(response.getInteger("status"), headers, answer));
  }

  private static @Nullable Buffer body(JsonObject json) {
    String text = json.getString("body");
    String base64 = json.getString("bodyBase64");
    if (base64 != null) {
      return Buffer.buffer(Base64.getDecoder().decode(base64));
    }
    return text == null ? null : Buffer.buffer(text);
  }

  private static Program program(JsonObject json) {
    Map<String, String> files = new LinkedHashMap<>();
    json.getJsonObject("files", new JsonObject())
        .forEach(entry -> files.put(entry.getKey(), String.valueOf(entry.getValue())));
    return new Program(
        json.getString("name"),
        json.getJsonObject("run_spec"),
        files,
        json.getJsonObject("result"));
  }

  private static Turn turn(JsonObject json) {
    JsonObject sent = json.getJsonObject("sent");
    String text = sent.getString("text");
    String head =
        text == null ? sent.getString("head") : text.substring(0, text.indexOf("\r\n\r\n"));
    String withoutLength = head.replaceAll("\r\nContent-Length: \\d+", "");
    Buffer body = text == null ? largeFile() : Buffer.buffer(text.substring(head.length() + 4));
    boolean bodiless = head.startsWith("GET ");
    WireAnswer answer = WireAnswer.parse(json.getJsonObject("received").getString("text"));
    String name = head.substring(0, head.indexOf(" HTTP/")) + jobId(head);
    return new Turn(name, withoutLength, bodiless ? null : body, answer);
  }

  private static String jobId(String head) {
    int at = head.indexOf("X-CodeRunner-Job-Id: ");
    return at < 0 ? "" : " of job " + head.substring(at + 21, at + 29);
  }

  /** The large file's bytes were not recorded, only how many there were. */
  private static Buffer largeFile() {
    byte[] bytes = new byte[1_500_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    String encoded = Base64.getEncoder().encodeToString(bytes).replace("/", "\\/");
    return Buffer.buffer("{\"file_contents\":\"" + encoded + "\"}");
  }
}
