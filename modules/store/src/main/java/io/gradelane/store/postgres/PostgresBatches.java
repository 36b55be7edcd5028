package io.gradelane.store.postgres;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.Batches;
import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.NewBatch;
import io.gradelane.store.jobs.NewJob;
import io.gradelane.store.jobs.RequestKey;
import io.gradelane.store.jobs.Submitted;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Batches as rows, with one row of counts a session. */
final class PostgresBatches implements Batches {

  private static final UUID GREATEST = new UUID(-1, -1);

  private final Database database;
  private final PostgresJobs jobs;
  private final Submits submits;

  PostgresBatches(Database database, PostgresJobs jobs) {
    this.database = database;
    this.jobs = jobs;
    submits = new Submits(database);
  }

  @Override
  public Future<Batch> submit(long session, NewBatch batch, JobSource source) {
    return submits.submit(session, batch, source);
  }

  @Override
  public Future<Submitted> submit(
      long session,
      NewBatch batch,
      JobSource source,
      RequestKey key,
      Function<Batch, Buffer> answer) {
    return submits.submit(session, batch, source, key, answer);
  }

  @Override
  public Future<List<JobId>> add(BatchId batch, List<NewJob> more) {
    return database.inTransaction(over -> Database.send(
            over, "batch_grow", batch.value(), more.size())
        .compose(rows -> {
          if (!Database.any(rows)) {
            return Future.succeededFuture(List.of());
          }
          int before = rows.iterator().next().getInteger("total") - more.size();
          return Submits.insert(over, batch, more, before)
              .map(done -> ids(batch, before, more.size()));
        }));
  }

  @Override
  public Future<Void> seal(BatchId batch) {
    return database.send("batch_seal", batch.value()).mapEmpty();
  }

  @Override
  public Future<Optional<Batch>> find(BatchId batch) {
    return database
        .send("batch_find", batch.value())
        .map(rows -> Database.list(rows, Rows::batch).stream().findFirst());
  }

  @Override
  public Future<List<Batch>> open() {
    return database.send("batches_open").map(rows -> Database.list(rows, Rows::batch));
  }

  @Override
  public Future<List<Batch>> page(@Nullable String tenant, @Nullable BatchId before, int size) {
    return database
        .send("batches_page", before == null ? GREATEST : before.value(), tenant, size)
        .map(rows -> Database.list(rows, Rows::batch));
  }

  @Override
  public Future<Boolean> steer(long session, BatchId batch, BatchControl next, String why) {
    return database
        .send(
            "batch_steer",
            batch.value(),
            session,
            next.version() - 1,
            next.lane(),
            next.priority(),
            next.paused(),
            next.upTo(),
            batch.job(next.upTo()).value(),
            Columns.time(next.notBefore()),
            Columns.percent(next.stop()),
            next.cancelled(),
            next.version(),
            why)
        .map(Database::any);
  }

  @Override
  public Future<Boolean> end(long session, BatchId batch) {
    return database.send("batch_end", batch.value(), session).map(Database::any);
  }

  @Override
  public Future<List<BatchId>> sweep(long session) {
    List<BatchId> ended = new ArrayList<>();
    return open()
        .compose(open -> {
          Future<Void> all = Future.succeededFuture();
          for (Batch batch : open) {
            all = all.compose(before -> sweep(session, batch, ended));
          }
          return all;
        })
        .map(done -> List.copyOf(ended));
  }

  private Future<Void> sweep(long session, Batch batch, List<BatchId> ended) {
    boolean cancelled = batch.control().cancelled();
    if (!cancelled && !(batch.sealed() && batch.progress().isComplete())) {
      return Future.succeededFuture();
    }
    Future<Integer> swept =
        cancelled ? jobs.cancelWaiting(session, batch.id()) : Future.succeededFuture(0);
    return swept
        .compose(count -> end(session, batch.id()))
        .onSuccess(now -> {
          if (now) {
            ended.add(batch.id());
          }
        })
        .mapEmpty();
  }

  private static List<JobId> ids(BatchId batch, int before, int count) {
    return IntStream.rangeClosed(before + 1, before + count)
        .mapToObj(batch::job)
        .toList();
  }
}
