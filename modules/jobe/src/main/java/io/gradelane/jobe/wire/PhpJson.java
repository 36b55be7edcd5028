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

  /** Writes strings that were read as they were written, all else as {@code json_encode} does. */
  static Buffer copy(Json json, int expectedLength) {
    Buffer out = Buffer.buffer(expectedLength);
    copy(json, out);
    return out;
  }

  private static void copy(Json json, Buffer out) {
    switch (json) {
      case Json.Obj object -> copyObject(object, out);
      case Json.Arr array -> copyArray(array, out);
      case Json.Str string -> copyString(string, out);
      case Json.Num number -> out.appendString(number.literal());
      case Json.Bool bool -> out.appendString(bool.value() ? "true" : "false");
      case Json.Null ignored -> out.appendString("null");
    }
  }

  private static void copyObject(Json.Obj object, Buffer out) {
    char separator = '{';
    for (var member : object.members().entrySet()) {
      out.appendByte((byte) separator).appendString(encode(member.getKey())).appendByte((byte) ':');
      copy(member.getValue(), out);
      separator = ',';
    }
    out.appendString(object.members().isEmpty() ? "{}" : "}");
  }

  private static void copyArray(Json.Arr array, Buffer out) {
    char separator = '[';
    for (Json item : array.items()) {
      out.appendByte((byte) separator);
      copy(item, out);
      separator = ',';
    }
    out.appendString(array.items().isEmpty() ? "[]" : "]");
  }

  private static void copyString(Json.Str string, Buffer out) {
    StringLiteral literal = string.written();
    if (literal == null) {
      out.appendString(encode(string.value()));
    } else {
      literal.appendTo(out);
    }
  }

  /** Writes one string, quotes included, with unicode and slashes unescaped: as Jobe 2.2 does. */
  public static String encode(String text) {
    if (PlainText.is(text)) {
      return '"' + text + '"';
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    write(text, out);
    return out.toString();
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
