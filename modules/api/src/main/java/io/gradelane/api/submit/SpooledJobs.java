package io.gradelane.api.submit;

import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.NewJob;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of an upload that was found good, read once more, slice by slice; the next one is read while the last is being
 * kept. In memory are never more than three slices: one that is read, one that is sent, one that the database has.
 */
final class SpooledJobs implements JobSource {

  /** A slice of great specs ends early. */
  private static final int MOST_BYTES = 4 << 20;

  private static final int BLOCK = 64 * 1024;

  private final Vertx vertx;
  private final SpoolFile file;
  private final @Nullable Spec template;
  private final Lines lines;
  private final byte[] block = new byte[BLOCK];
  private @Nullable InputStream in;
  private @Nullable Future<List<NewJob>> ahead;

  SpooledJobs(Vertx vertx, SpoolFile file, int maxLine, @Nullable Spec template) {
    this.vertx = vertx;
    this.file = file;
    this.template = template;
    lines = new Lines(maxLine);
  }

  @Override
  public Future<List<NewJob>> next() {
    Future<List<NewJob>> slice = ahead == null ? read() : ahead;
    return slice.onSuccess(jobs -> {
      if (!jobs.isEmpty()) {
        ahead = read();
      }
    });
  }

  /** Waits for what is being read. */
  Future<Void> close() {
    Future<?> reading = ahead == null ? Future.succeededFuture() : ahead;
    return reading
        .otherwiseEmpty()
        .compose(done -> vertx.executeBlocking(
            () -> {
              if (in != null) {
                in.close();
              }
              return null;
            },
            false));
  }

  private Future<List<NewJob>> read() {
    return vertx.executeBlocking(this::slice, false);
  }

  private List<NewJob> slice() throws IOException {
    InputStream from = opened();
    List<NewJob> jobs = new ArrayList<>();
    int bytes = 0;
    while (jobs.size() < SLICE && bytes < MOST_BYTES) {
      Buffer line = line(from);
      if (line == null) {
        return jobs;
      }
      bytes += line.length();
      jobs.add(UploadCheck.job(lines.number(), line, template));
    }
    return jobs;
  }

  /** Null at the end. */
  private @Nullable Buffer line(InputStream from) throws IOException {
    Buffer line = lines.next();
    while (line == null) {
      int length = from.read(block);
      if (length < 0) {
        return lines.last();
      }
      lines.add(block, length);
      line = lines.next();
    }
    return line;
  }

  /** Behind the head. */
  private InputStream opened() throws IOException {
    if (in == null) {
      in = file.read();
      line(in);
    }
    return in;
  }
}
