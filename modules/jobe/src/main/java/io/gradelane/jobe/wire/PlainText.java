package io.gradelane.jobe.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Printable ASCII that stands for itself in JSON: nearly every character of nearly every string, so it is looked at eight
 * bytes at a time.
 */
final class PlainText {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BLANKS = ' ' * ONES;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;

  private PlainText() {}

  /** The first place from {@code from} on where a byte is not plain, or the length. */
  static int end(byte[] bytes, int from) {
    int at = from;
    while (at + Long.BYTES <= bytes.length) {
      long strange = strange((long) EIGHT.get(bytes, at));
      if (strange != 0) {
        return at + Long.numberOfTrailingZeros(strange) / Byte.SIZE;
      }
      at += Long.BYTES;
    }
    while (at < bytes.length && isPlain(bytes[at])) {
      at++;
    }
    return at;
  }

  /**
   * Has the high bit of the first byte that is not plain, and of none before it. Behind that one a borrow may have set
   * others.
   */
  private static long strange(long eight) {
    long control = (eight - BLANKS) & ~eight;
    return (control | eight | zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES)) & HIGH_BITS;
  }

  private static long zeros(long eight) {
    return (eight - ONES) & ~eight;
  }

  /** Other bytes of UTF-8 are negative. */
  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }

  /** Whether all of it is plain. */
  static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || !isPlain((byte) c)) {
        return false;
      }
    }
    return true;
  }
}
