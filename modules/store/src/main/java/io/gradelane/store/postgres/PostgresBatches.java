package io.gradelane.store.postgres;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.Batches;
import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.NewBatch;
import io.gradelane.store.jobs.NewJob;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Batches as rows, with one row of counts a session. */
final class PostgresBatches implements Batches {

  private static final UUID GREATEST = new UUID(-1, -1);

  private final Database database;
  private final PostgresJobs jobs;

  PostgresBatches(Database database, PostgresJobs jobs) {
    this.database = database;
    this.jobs = jobs;
  }

  @Override
  public Future<Batch> submit(long session, NewBatch batch, JobSource source) {
    return database
        .inTransaction(over -> insertAll(over, batch.id(), source, 0)
            .compose(total -> insert(over, batch, total))
            .compose(row -> PostgresWebhooks.name(over, batch.id(), batch.hook()))
            .compose(named -> Database.send(
                over,
                "event_add",
                batch.id().value(),
                session,
                (short) Codes.SUBMITTED,
                batch.name())))
        .compose(committed -> database.send("batch_find", batch.id().value()))
        .map(rows -> Rows.batch(rows.iterator().next()));
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
          return insert(over, batch, more, before).map(done -> ids(batch, before, more.size()));
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
            time(next.notBefore()),
            percent(next),
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

  private static Future<Integer> insertAll(
      SqlConnection over, BatchId batch, JobSource source, int before) {
    return source
        .next()
        .compose(slice -> slice.isEmpty()
            ? Future.succeededFuture(before)
            : insert(over, batch, slice, before)
                .compose(done -> insertAll(over, batch, source, before + slice.size())));
  }

  /** Both go out at once; the connection keeps their order. */
  private static Future<Void> insert(
      SqlConnection over, BatchId batch, List<NewJob> slice, int before) {
    UUID[] ids = IntStream.rangeClosed(before + 1, before + slice.size())
        .mapToObj(sequence -> batch.job(sequence).value())
        .toArray(UUID[]::new);
    Future<RowSet<Row>> rows = Database.send(
        over,
        "jobs_insert",
        ids,
        Columns.texts(slice, NewJob::language),
        Columns.integers(slice, NewJob::costMillis));
    Future<RowSet<Row>> specs = Database.send(
        over,
        "job_specs_insert",
        ids,
        Columns.texts(slice, NewJob::ref),
        Columns.bytes(slice, NewJob::spec));
    return Future.all(rows, specs).mapEmpty();
  }

  private static Future<RowSet<Row>> insert(SqlConnection over, NewBatch batch, int total) {
    BatchControl control = batch.control();
    return Database.send(
        over,
        "batch_insert",
        batch.id().value(),
        batch.tenant(),
        batch.name(),
        batch.template(),
        total,
        batch.sealed(),
        control.lane(),
        control.priority(),
        control.paused(),
        control.upTo(),
        batch.id().job(control.upTo()).value(),
        time(control.notBefore()),
        percent(control),
        control.version(),
        (short) Codes.of(batch.reuse()));
  }

  private static List<JobId> ids(BatchId batch, int before, int count) {
    return IntStream.rangeClosed(before + 1, before + count)
        .mapToObj(batch::job)
        .toList();
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Short percent(BatchControl control) {
    return control.stop() == null ? null : (short) control.stop().percent();
  }
}
