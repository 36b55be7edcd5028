package io.gradelane.jobe.wire;

/** Which bytes are UTF-8 (RFC 3629: nothing overlong, no surrogates, nothing above U+10FFFF). */
public final class Utf8 {

  private Utf8() {}

  /** How many bytes the character at {@code from} has, or 0 if there is none. */
  static int length(byte[] bytes, int from) {
    int lead = bytes[from] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length == 0 || from + length > bytes.length || !second(lead, bytes[from + 1] & 0xFF)) {
      return 0;
    }
    for (int i = from + 2; i < from + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static boolean second(int lead, int c) {
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return c >= least && c <= most;
  }

  public static boolean isValid(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int length = length(bytes, at);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }
}
