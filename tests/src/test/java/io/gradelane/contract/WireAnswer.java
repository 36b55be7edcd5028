package io.gradelane.contract;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came back over a socket.
 *
 * @param headers by lower-case name
 */
record WireAnswer(int status, Map<String, String> headers, Buffer body) {

  static WireAnswer parse(String head, Buffer body) {
    Map<String, String> headers = new TreeMap<>();
    String[] lines = head.split("\r\n", -1);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
    }
    return new WireAnswer(Integer.parseInt(lines[0].split(" ", 3)[1]), headers, body);
  }

  /** Reads an answer that was recorded as text, without the interim one that may stand before it. */
  static WireAnswer parse(String text) {
    int end = text.indexOf("\r\n\r\n");
    String head = text.substring(0, end);
    String rest = text.substring(end + 4);
    return head.startsWith("HTTP/1.1 100")
        ? parse(rest)
        : parse(head, Buffer.buffer(rest.getBytes(StandardCharsets.UTF_8)));
  }

  @Nullable
  String header(String name) {
    return headers.get(name);
  }

  String mediaType() {
    String type = headers.getOrDefault("content-type", "");
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  String text() {
    return body.toString(StandardCharsets.UTF_8);
  }
}
