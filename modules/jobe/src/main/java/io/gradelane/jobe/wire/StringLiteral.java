package io.gradelane.jobe.wire;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A well-formed JSON string where it stands in a text. */
final class StringLiteral {

  private static final String ESCAPES = "bfnrt";
  private static final String ESCAPED = "\b\f\n\r\t";

  private final byte[] bytes;
  private final int from;
  private final int to;
  private final boolean escaped;

  /**
   * @param from the first byte behind the opening quote
   * @param to the closing quote
   * @param escaped whether there is a backslash in it
   */
  StringLiteral(byte[] bytes, int from, int to, boolean escaped) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.escaped = escaped;
  }

  /** Writes it as it stands there, quotes included. */
  void appendTo(Buffer out) {
    out.appendBytes(bytes, from - 1, to - from + 2);
  }

  String decode() {
    return escaped ? unescaped() : new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** Whether it is not too long, and not too short, to be {@code text}. */
  boolean mayBe(String text) {
    return to - from >= text.length() && to - from <= 6 * text.length();
  }

  /** The same for the same bytes. */
  int fingerprint() {
    CRC32 sum = new CRC32();
    sum.update(bytes, from, to - from);
    return (int) sum.getValue();
  }

  /** No escape is shorter than the UTF-8 of what it stands for. */
  private String unescaped() {
    byte[] out = new byte[to - from];
    int length = 0;
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\') {
        out[length++] = bytes[at++];
      } else if (bytes[at + 1] != 'u') {
        out[length++] = simple(bytes[at + 1]);
        at += 2;
      } else {
        String character = character(at);
        byte[] utf8 = character.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, out, length, utf8.length);
        length += utf8.length;
        at += character.length() * 6;
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  private static byte simple(byte letter) {
    int index = ESCAPES.indexOf(letter);
    return index < 0 ? letter : (byte) ESCAPED.charAt(index);
  }

  /** What one escape, or two that are a surrogate pair, stand for. */
  private String character(int at) {
    char first = unit(at + 2);
    return Character.isHighSurrogate(first)
        ? String.valueOf(new char[] {first, unit(at + 8)})
        : String.valueOf(first);
  }

  private char unit(int at) {
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      unit = unit << 4 | Character.digit((char) bytes[i], 16);
    }
    return (char) unit;
  }
}
