package io.gradelane.api.submit;

import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.NewJob;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of an upload that was found good, read once more, slice by slice; the next one is read while the last is being
 * kept. What is read is never more than two slices.
 */
final class SpooledJobs implements JobSource {

  /** A slice of great specs ends early. */
  private static final int MOST_BYTES = 4 << 20;

  private final Vertx vertx;
  private final SpoolFile file;
  private final int maxLine;
  private final @Nullable Spec template;
  private @Nullable Lines lines;
  private @Nullable Future<List<NewJob>> ahead;

  SpooledJobs(Vertx vertx, SpoolFile file, int maxLine, @Nullable Spec template) {
    this.vertx = vertx;
    this.file = file;
    this.maxLine = maxLine;
    this.template = template;
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
              if (lines != null) {
                lines.close();
              }
              return null;
            },
            false));
  }

  private Future<List<NewJob>> read() {
    return vertx.executeBlocking(this::slice, false);
  }

  private List<NewJob> slice() throws IOException {
    Lines from = opened();
    List<NewJob> jobs = new ArrayList<>();
    int bytes = 0;
    while (jobs.size() < SLICE && bytes < MOST_BYTES) {
      Buffer line = from.next();
      if (line == null) {
        return jobs;
      }
      bytes += line.length();
      jobs.add(UploadCheck.job(from, line, template));
    }
    return jobs;
  }

  /** Behind the head. */
  private Lines opened() throws IOException {
    if (lines == null) {
      lines = new Lines(file.read(), maxLine);
      lines.next();
    }
    return lines;
  }
}
