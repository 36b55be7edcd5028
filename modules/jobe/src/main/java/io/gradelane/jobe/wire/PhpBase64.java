package io.gradelane.jobe.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Base64 as PHP's strict decoder takes it: white space anywhere, padding right or left out, no URL-safe alphabet. */
final class PhpBase64 {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final byte INVALID = -2;
  private static final byte SPACE = -1;
  private static final byte[] VALUES = values();

  private PhpBase64() {}

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, INVALID);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    for (char c : new char[] {' ', '\t', '\r', '\n'}) {
      values[c] = SPACE;
    }
    return values;
  }

  /** Null if {@code text} is not base64. */
  static byte @Nullable [] decode(String text) {
    byte[] out = new byte[text.length() / 4 * 3 + 3];
    int digits = 0;
    int padding = 0;
    int bits = 0;
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=') {
        padding++;
        continue;
      }
      byte value = c < VALUES.length ? VALUES[c] : INVALID;
      if (value == SPACE) {
        continue;
      }
      if (value == INVALID || padding > 0) {
        return null;
      }
      bits = (bits << 6 | value) & 0xFFFFFF;
      digits++;
      if (digits % 4 != 1) {
        int spare = digits % 4 == 2 ? 4 : digits % 4 == 3 ? 2 : 0;
        out[length++] = (byte) (bits >> spare);
      }
    }
    return isWhole(digits, padding) ? Arrays.copyOf(out, length) : null;
  }

  private static boolean isWhole(int digits, int padding) {
    return digits % 4 != 1 && (padding == 0 || (padding <= 2 && (digits + padding) % 4 == 0));
  }
}
