package io.gradelane.launcher.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A stream whose bytes can be had once more, as they were, until they are let go. */
final class PassedBytes extends InputStream {

  private final InputStream in;
  private byte[] kept = new byte[1 << 16];
  private int length;
  private long first;

  PassedBytes(InputStream in) {
    this.in = in;
  }

  /** What stands between two places, counted from the stream's beginning. */
  String text(long from, long to) {
    return new String(kept, (int) (from - first), (int) (to - from), StandardCharsets.UTF_8);
  }

  /** Nobody will ask for what stands before {@code place}. */
  void letGo(long place) {
    int gone = (int) (place - first);
    System.arraycopy(kept, gone, kept, 0, length - gone);
    length -= gone;
    first = place;
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    int count = in.read(into, offset, most);
    if (count > 0) {
      if (kept.length - length < count) {
        kept = Arrays.copyOf(kept, Math.addExact(kept.length, Math.max(kept.length, count)));
      }
      System.arraycopy(into, offset, kept, length, count);
      length += count;
    }
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
