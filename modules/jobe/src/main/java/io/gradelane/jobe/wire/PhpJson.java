package io.gradelane.jobe.wire;

import io.vertx.core.buffer.Buffer;

/**
 * JSON as PHP 8.2 reads and writes it. Jobe answers a body that PHP can't read with PHP's own words, and clients compare
 * them, so the same bytes must fail here for the same reason.
 */
public final class PhpJson {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private PhpJson() {}

  /** @throws PhpJsonException with PHP's message; an empty body and a byte order mark are syntax errors */
  public static Json parse(Buffer body) throws PhpJsonException {
    return parse(body.getBytes());
  }

  /** @throws PhpJsonException with PHP's message */
  public static Json parse(byte[] body) throws PhpJsonException {
    return new JsonParser(new JsonScanner(body)).parse();
  }

  /** Writes as {@code json_encode} does with unicode and slashes unescaped, which is how Jobe 2.2 writes. */
  public static String encode(Json json) {
    StringBuilder out = new StringBuilder();
    write(json, out);
    return out.toString();
  }

  /** Writes one JSON string, quotes included. */
  public static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    write(text, out);
    return out.toString();
  }

  static void write(Json json, StringBuilder out) {
    switch (json) {
      case Json.Obj object -> writeObject(object, out);
      case Json.Arr array -> writeArray(array, out);
      case Json.Str string -> write(string.value(), out);
      case Json.Num number -> out.append(number.literal());
      case Json.Bool bool -> out.append(bool.value());
      case Json.Null ignored -> out.append("null");
    }
  }

  private static void writeObject(Json.Obj object, StringBuilder out) {
    char separator = '{';
    for (var member : object.members().entrySet()) {
      out.append(separator);
      write(member.getKey(), out);
      out.append(':');
      write(member.getValue(), out);
      separator = ',';
    }
    out.append(object.members().isEmpty() ? "{}" : "}");
  }

  private static void writeArray(Json.Arr array, StringBuilder out) {
    char separator = '[';
    for (Json item : array.items()) {
      out.append(separator);
      write(item, out);
      separator = ',';
    }
    out.append(array.items().isEmpty() ? "[]" : "]");
  }

  static void write(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      write(text.charAt(i), out);
    }
    out.append('"');
  }

  private static void write(char c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        // PHP escapes the two line terminators of JavaScript even when told to leave unicode alone.
        if (c < ' ' || c == '\u2028' || c == '\u2029') {
          writeEscape(c, out);
        } else {
          out.append(c);
        }
      }
    }
  }

  private static void writeEscape(char c, StringBuilder out) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX[(c >> shift) & 0xF]);
    }
  }
}
