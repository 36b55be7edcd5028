package io.gradelane.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a stream to its end and keeps only its beginning, so that who writes it never waits. */
final class CappedOutput implements Runnable {

  private final InputStream in;
  private final int most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  CappedOutput(InputStream in, int most) {
    this.in = in;
    this.most = most;
  }

  @Override
  public void run() {
    byte[] chunk = new byte[8192];
    try (in) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        keep(chunk, n);
      }
    } catch (IOException ignored) {
      // The process is gone and its pipe with it: what was read counts.
      return;
    }
  }

  private synchronized void keep(byte[] chunk, int length) {
    kept.write(chunk, 0, Math.min(length, most - kept.size()));
  }

  synchronized String text() {
    return OutputText.of(kept.toByteArray());
  }
}
