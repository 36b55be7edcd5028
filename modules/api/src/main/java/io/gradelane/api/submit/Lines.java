package io.gradelane.api.submit;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream of bytes, line by line, without the empty ones. Blocks. */
final class Lines implements AutoCloseable {

  private static final int BLOCK = 64 * 1024;

  private final InputStream in;
  private final int maxLine;
  private final byte[] block = new byte[BLOCK];
  private int at;
  private int end;
  private int number;

  Lines(InputStream in, int maxLine) {
    this.in = in;
    this.maxLine = maxLine;
  }

  /** Null at the end. */
  @Nullable
  Buffer next() throws IOException {
    Buffer line = Buffer.buffer();
    while (more()) {
      int newline = newline();
      line.appendBytes(block, at, newline - at);
      at = newline;
      if (line.length() > maxLine) {
        throw Unfit.malformed("longer than " + maxLine + " bytes").inLine(number + 1);
      }
      if (at < end) {
        at++;
        number++;
        if (!isBlank(line)) {
          return line;
        }
        line = Buffer.buffer();
      }
    }
    number++;
    return isBlank(line) ? null : line;
  }

  /** Of the last line, from 1. */
  int number() {
    return number;
  }

  private boolean more() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(block));
    }
    return at < end;
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

  @Override
  public void close() throws IOException {
    in.close();
  }
}
