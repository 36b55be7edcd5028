package io.gradelane.sandbox;

import io.gradelane.jobe.wire.Utf8;
import java.nio.charset.StandardCharsets;

/** Makes text of a program's bytes. */
final class OutputText {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private OutputText() {}

  /**
   * UTF-8 is passed on as it is, control characters too. If any byte is not, every byte that is neither printable ASCII
   * nor white space becomes {@code \xhh}: one broken character changes the whole text, as with Jobe.
   */
  static String of(byte[] bytes) {
    return Utf8.isValid(bytes) ? new String(bytes, StandardCharsets.UTF_8) : escaped(bytes);
  }

  private static String escaped(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length * 2);
    for (byte b : bytes) {
      append(b & 0xFF, out);
    }
    return out.toString();
  }

  private static void append(int b, StringBuilder out) {
    boolean plain = (b >= ' ' && b <= '~') || b == '\n' || b == '\r' || b == '\t';
    if (plain) {
      out.append((char) b);
    } else {
      out.append("\\x").append(HEX[b >> 4]).append(HEX[b & 0xF]);
    }
  }
}
