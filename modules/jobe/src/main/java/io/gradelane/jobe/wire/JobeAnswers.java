package io.gradelane.jobe.wire;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.StringJoiner;

/** Every answer that Jobe gives by itself, with its exact bytes. Errors are JSON strings, never objects. */
public final class JobeAnswers {

  public static final String JSON = "application/json; charset=UTF-8";
  public static final String HTML = "text/html; charset=UTF-8";
  static final String APACHE_HTML = "text/html; charset=iso-8859-1";

  /** The 404 that makes CodeRunner upload its files and ask again; it must mean nothing else. */
  public static final String FILES_MISSING =
      "One or more of the specified files is missing/unavailable";

  private JobeAnswers() {}

  /** An answer whose body is {@code text} as a JSON string. */
  public static JobeAnswer text(int status, String text) {
    return json(status, Buffer.buffer(PhpJson.encode(text)));
  }

  public static JobeAnswer json(int status, Buffer body) {
    return new JobeAnswer(status, JSON, body);
  }

  /** What PHP answers when a program error was caught: the client's malformed spec, nearly always. */
  public static JobeAnswer serverException(String message) {
    return text(500, "Server exception (" + message + ")");
  }

  /** What is left of an error that PHP could not catch: {@code ""}. */
  public static JobeAnswer fatal() {
    return text(500, "");
  }

  public static JobeAnswer result(RunResult result) {
    return json(200, result.encode());
  }

  /** No slot became free in time: 200 with outcome 21, which CodeRunner shows kindly. Nothing was run. */
  public static JobeAnswer overload() {
    return result(RunResult.overload());
  }

  public static JobeAnswer missingFiles() {
    return text(404, FILES_MISSING);
  }

  /** The list of {@code [id, version]} pairs, in the map's order. */
  public static JobeAnswer languages(Map<String, String> versions) {
    StringJoiner pairs = new StringJoiner(",", "[", "]");
    versions.forEach(
        (id, version) -> pairs.add("[" + PhpJson.encode(id) + "," + PhpJson.encode(version) + "]"));
    return json(200, Buffer.buffer(pairs.toString()));
  }

  /** A file was stored, or is there. Must be 204: CodeRunner takes anything else for a failure. */
  public static JobeAnswer stored() {
    return new JobeAnswer(204, null, null);
  }

  /** HEAD of a file that is not there. */
  public static JobeAnswer noSuchFile() {
    return new JobeAnswer(404, JSON, null);
  }

  /** POST of a file without an id, as Jobe 1.9 refused it. */
  public static JobeAnswer filesPostRefused() {
    return text(403, "file_post: not implemented on this server");
  }

  public static JobeAnswer fileNotWritten(String id) {
    return text(500, "put: failed to write file " + id + " to cache");
  }

  /** Unknown path or wrong method: 404 with the JSON string {@code ""}, or a page for a browser. */
  public static JobeAnswer notFound(boolean html) {
    return html ? page(404, HTML, "404 Not Found") : text(404, "");
  }

  /** A path that never reaches Jobe: the web server's own page. */
  public static JobeAnswer outside() {
    return page(404, APACHE_HTML, "404 Not Found");
  }

  private static JobeAnswer page(int status, String contentType, String title) {
    String html = "<!DOCTYPE html>\n<html><head>\n<title>" + title + "</title>\n</head><body>\n<h1>"
        + title + "</h1>\n</body></html>\n";
    return new JobeAnswer(status, contentType, Buffer.buffer(html));
  }

  /** {@code OPTIONS} that asks for a method (a browser's preflight); the CORS headers are the caller's. */
  public static JobeAnswer preflight() {
    return new JobeAnswer(204, null, null);
  }

  /** {@code OPTIONS *}. */
  public static JobeAnswer serverOptions() {
    return new JobeAnswer(200, null, Buffer.buffer());
  }

  /** A body larger than is taken. Jobe itself dies of it (500 {@code ""}); this says why. */
  public static JobeAnswer tooLarge() {
    return text(413, "Request body is too large");
  }

  /** As Jobe 2.0 and 2.1 say it: plain words, no quotes. */
  public static JobeAnswer missingKey() {
    return new JobeAnswer(403, HTML, Buffer.buffer("Missing API key"));
  }

  /** As Jobe 2.0 and 2.1 say it: plain words, no quotes. */
  public static JobeAnswer unknownKey() {
    return new JobeAnswer(403, HTML, Buffer.buffer("Unknown API key"));
  }
}
