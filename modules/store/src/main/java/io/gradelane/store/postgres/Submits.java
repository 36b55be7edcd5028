package io.gradelane.store.postgres;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.NewBatch;
import io.gradelane.store.jobs.NewJob;
import io.gradelane.store.jobs.RequestKey;
import io.gradelane.store.jobs.Submitted;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Keeps what is submitted: a batch and its jobs, slice by slice, in one transaction, and with them the key under which it
 * was sent.
 */
final class Submits {

  private static final int CREATED = 201;

  private final Database database;

  Submits(Database database) {
    this.database = database;
  }

  Future<Batch> submit(long session, NewBatch batch, JobSource source) {
    return database.inTransaction(over -> keep(over, session, batch, source));
  }

  Future<Submitted> submit(
      long session,
      NewBatch batch,
      JobSource source,
      RequestKey key,
      Function<Batch, Buffer> answer) {
    return database
        .<Submitted>inTransaction(over -> RequestKeys.take(over, key, batch.id().value())
            .compose(taken -> taken
                ? keep(over, session, batch, source)
                    .compose(kept -> answered(over, key, kept, answer.apply(kept)))
                : before(over, key)))
        .recover(failure -> RequestKeys.isUnderWay(failure)
            ? Future.succeededFuture(new Submitted.UnderWay())
            : Future.failedFuture(failure));
  }

  private static Future<Submitted> answered(
      SqlConnection over, RequestKey key, Batch kept, Buffer answer) {
    return RequestKeys.answer(over, key, CREATED, answer)
        .map(done -> new Submitted.Kept(kept.id(), answer));
  }

  private static Future<Submitted> before(SqlConnection over, RequestKey key) {
    return RequestKeys.find(over, key)
        .map(found -> found
            .<Submitted>map(row ->
                new Submitted.Before(new BatchId(row.getUUID("batch")), row.getBuffer("answer")))
            .orElseGet(Submitted.Taken::new));
  }

  private static Future<Batch> keep(
      SqlConnection over, long session, NewBatch batch, JobSource source) {
    UUID id = batch.id().value();
    return insertAll(over, batch.id(), source, 0)
        .compose(total -> insert(over, batch, total))
        .compose(row -> PostgresWebhooks.name(over, batch.id(), batch.hook()))
        .compose(named ->
            Database.send(over, "event_add", id, session, (short) Codes.SUBMITTED, batch.name()))
        .compose(said -> Database.send(over, "batch_find", id))
        .map(rows -> Rows.batch(rows.iterator().next()));
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
  static Future<Void> insert(SqlConnection over, BatchId batch, List<NewJob> slice, int before) {
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
        Columns.time(control.notBefore()),
        Columns.percent(control.stop()),
        control.version(),
        (short) Codes.of(batch.reuse()));
  }
}
