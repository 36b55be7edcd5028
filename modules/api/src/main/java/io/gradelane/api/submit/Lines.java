package io.gradelane.api.submit;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Cuts bytes, block by block, into lines; the empty ones are left out. */
final class Lines {

  private final int maxLine;
  private byte[] block = {};
  private int at;
  private int end;
  private int number;
  private Buffer line = Buffer.buffer();

  Lines(int maxLine) {
    this.maxLine = maxLine;
  }

  /** The next block. The one before must have been cut up. */
  void add(byte[] bytes, int length) {
    block = bytes;
    at = 0;
    end = length;
  }

  /** The next line; null if its end is not in this block. */
  @Nullable
  Buffer next() {
    while (at < end) {
      int newline = newline();
      line.appendBytes(block, at, newline - at);
      at = newline;
      if (line.length() > maxLine) {
        throw Unfit.malformed("longer than " + maxLine + " bytes").inLine(number + 1);
      }
      if (at < end) {
        at++;
        Buffer whole = last();
        if (whole != null) {
          return whole;
        }
      }
    }
    return null;
  }

  /** What stands behind the last end of a line, or null for nothing. */
  @Nullable
  Buffer last() {
    number++;
    Buffer whole = line;
    line = Buffer.buffer();
    return isBlank(whole) ? null : whole;
  }

  /** Of the last line, from 1. */
  int number() {
    return number;
  }

  private int newline() {
    int i = at;
    while (i < end && block[i] != '\n') {
      i++;
    }
    return i;
  }

  private static boolean isBlank(Buffer line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.getByte(i) > ' ' || line.getByte(i) < 0) {
        return false;
      }
    }
    return true;
  }
}
