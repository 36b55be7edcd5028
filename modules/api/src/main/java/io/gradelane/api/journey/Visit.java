package io.gradelane.api.journey;

import io.gradelane.core.server.ServerSpec;
import io.gradelane.jobe.client.CallContext;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.jobe.client.JobeLost;
import io.gradelane.jobe.client.JobeReply;
import io.gradelane.jobe.wire.Replies;
import io.gradelane.jobe.wire.Replies.Reply;
import io.gradelane.store.FileStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One permit's worth of talking to one server: the run; if files are missing there, the files and the run again. */
final class Visit {

  private static final Duration PUT_TIMEOUT = Duration.ofSeconds(30);

  private final JobeClient client;
  private final FileStore files;
  private final LongSupplier nanos;
  private final ServerSpec server;
  private final Parcel parcel;
  private final long started;

  /**
   * What is sent.
   *
   * @param timeout of one call that runs it
   */
  record Parcel(Buffer body, FileSet files, CallContext context, Duration timeout) {}

  Visit(JobeClient client, FileStore files, LongSupplier nanos, ServerSpec server, Parcel parcel) {
    this.client = client;
    this.files = files;
    this.nanos = nanos;
    this.server = server;
    this.parcel = parcel;
    started = nanos.getAsLong();
  }

  /** Fails with {@link FilesGone} alone; whatever else goes wrong is a {@link Reply.Lost}. */
  Future<Heard> make() {
    return post()
        .compose(
            raw -> isMissing(raw) ? putAll().compose(all -> post()) : Future.succeededFuture(raw))
        .map(this::heard)
        .recover(this::lost);
  }

  private Future<JobeReply> post() {
    return client.run(server, parcel.body, parcel.context, parcel.timeout);
  }

  private boolean isMissing(JobeReply raw) {
    return raw.status() == 404
        && !parcel.files.md5ById().isEmpty()
        && classify(raw) instanceof Reply.MissingFiles;
  }

  /** All of them, one after the other: Jobe doesn't say which it lacks. */
  private Future<Void> putAll() {
    return putNext(parcel.files.md5s().iterator());
  }

  private Future<Void> putNext(Iterator<String> left) {
    if (!left.hasNext()) {
      return Future.succeededFuture();
    }
    return put(left.next()).compose(done -> putNext(left));
  }

  private Future<Void> put(String md5) {
    return files
        .content(md5)
        .otherwise(Optional.empty())
        .compose(content -> content
            .map(bytes -> client.putFile(server, md5, bytes, parcel.context, PUT_TIMEOUT))
            .orElseGet(() -> Future.failedFuture(new FilesGone(md5))))
        .compose(raw -> raw.status() == 204
            ? Future.succeededFuture()
            : Future.failedFuture(new JobeLost("put status " + raw.status(), true)));
  }

  private Heard heard(JobeReply raw) {
    return new Heard(classify(raw), raw, millis());
  }

  private Future<Heard> lost(Throwable cause) {
    if (cause instanceof FilesGone) {
      return Future.failedFuture(cause);
    }
    String word =
        cause instanceof JobeLost lost ? lost.word() : cause.getClass().getSimpleName();
    return Future.succeededFuture(new Heard(new Reply.Lost(word), null, millis()));
  }

  private static Reply classify(JobeReply raw) {
    return Replies.classify(raw.status(), raw.contentType(), raw.body());
  }

  int millis() {
    return (int) ((nanos.getAsLong() - started) / 1_000_000);
  }
}
