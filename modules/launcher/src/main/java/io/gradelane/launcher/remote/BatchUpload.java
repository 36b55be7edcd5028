package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Locale;

/** Sends a file of jobs line by line, and shows a person how far that is. */
final class BatchUpload {

  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final long SLOWEST_BYTES_PER_SECOND = 50_000;
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();

  private final BatchFile file;
  private final long bytes;
  private final Screen screen;
  private long sent;
  private long drawn = System.nanoTime();

  BatchUpload(BatchFile file, Screen screen) throws IOException {
    this.file = file;
    this.screen = screen;
    bytes = file.bytes();
  }

  /** @return what the node answered */
  JsonObject send(Nodes nodes) {
    BodyPublisher lines =
        BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), bytes);
    try {
      return nodes.postLines(
          "/api/v1/batches", lines, ANSWER.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND));
    } catch (Trouble trouble) {
      throw file.inPlace(trouble);
    } finally {
      screen.end();
    }
  }

  /** Each node that is asked gets it from the beginning. */
  private InputStream open() {
    try {
      sent = 0;
      return new Counted(file.open());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sent(int count) {
    sent += Math.max(0, count);
    boolean late = System.nanoTime() - drawn > REDRAW_NANOS;
    if (screen.isDrawn() && (late || sent == bytes)) {
      drawn = System.nanoTime();
      screen.draw(words());
    }
  }

  private String words() {
    String jobs = String.format(Locale.ROOT, "%,d jobs, %.1f MB", file.jobs(), bytes / 1e6);
    return sent == bytes
        ? jobs + ": sent; being read and kept"
        : jobs + ": " + 100 * sent / bytes + " % sent";
  }

  /** Read by the client's thread alone. */
  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
      int count = super.read(into, offset, most);
      sent(count);
      return count;
    }
  }
}
