package io.gradelane.store.postgres;

import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.Attempt;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.JobFilter;
import io.gradelane.store.jobs.JobView;
import io.gradelane.store.jobs.Jobs;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs as rows. */
final class PostgresJobs implements Jobs {

  private static final int CANCELLED_AT_ONCE = 10_000;
  private static final int MOST_RESULTS = 500;

  private final Database database;
  private final Finishing finishing;
  private final Erasure erasure;

  /** @param patient for the few statements that may take their time */
  PostgresJobs(Database database, Database patient) {
    this.database = database;
    finishing = new Finishing(database);
    erasure = new Erasure(patient);
  }

  @Override
  public Future<List<Found>> waiting(BatchId batch, @Nullable JobId after, int limit) {
    return database
        .send("jobs_waiting", start(batch, after), batch.last().value(), limit)
        .map(rows -> Database.list(rows, Rows::found));
  }

  /** In the order of their ids, so that two that claim the same never wait for each other. */
  @Override
  public Future<List<Claimed>> claim(long session, List<Offer> offers) {
    List<Offer> sorted =
        offers.stream().sorted(Comparator.comparing(Offer::job)).toList();
    return database
        .send(
            "jobs_claim",
            session,
            Columns.uuids(sorted, offer -> offer.job().value()),
            Columns.uuids(sorted, offer -> offer.job().batch().value()),
            Columns.texts(sorted, Offer::server))
        .map(rows -> Database.list(rows, row -> Rows.claimed(row, session)));
  }

  @Override
  public Future<List<Claimed>> claimed(long session, List<JobId> jobs) {
    return database
        .send("jobs_claimed", session, Columns.uuids(jobs, JobId::value))
        .map(rows -> Database.list(rows, row -> Rows.claimed(row, session)));
  }

  @Override
  public Future<Map<Claim, Fate>> finish(long session, String node, List<EndedAttempt> group) {
    return finishing.finish(session, node, group);
  }

  /** Slice by slice of ids, so that no statement holds many rows for long. */
  @Override
  public Future<Integer> cancelWaiting(long session, BatchId batch) {
    return database
        .send("batch_find", batch.value())
        .map(rows -> Database.list(rows, row -> row.getInteger("total")))
        .compose(total -> cancel(session, batch, 0, total.isEmpty() ? 0 : total.getFirst()));
  }

  @Override
  public Future<Integer> redrive(long session, BatchId batch, Set<JobId> some, JobFilter filter) {
    UUID @Nullable [] ids =
        some.isEmpty() ? null : some.stream().map(JobId::value).toArray(UUID[]::new);
    return database
        .send(
            "jobs_redrive",
            batch.value(),
            session,
            batch.last().value(),
            ids,
            filter.reason(),
            filter.refPrefix())
        .map(rows -> rows.iterator().next().getInteger("redriven"));
  }

  @Override
  public Future<List<JobView>> search(
      BatchId batch, @Nullable JobId after, JobFilter filter, int size) {
    return database
        .send(
            "jobs_page",
            start(batch, after),
            batch.last().value(),
            code(filter.state()),
            size,
            filter.reason(),
            filter.refPrefix())
        .map(rows -> Database.list(rows, Rows::view));
  }

  @Override
  public Future<List<JobView>> results(
      BatchId batch, @Nullable JobId after, @Nullable String state, int bytes) {
    return database
        .send(
            "results_page",
            start(batch, after),
            batch.last().value(),
            code(state),
            MOST_RESULTS,
            (long) Math.max(1, bytes),
            bytes > 0)
        .map(rows -> Database.list(rows, Rows::view));
  }

  @Override
  public Future<Erased> erase(
      long session, @Nullable String tenant, String ref, @Nullable BatchId batch) {
    return erasure.erase(session, tenant, ref, batch);
  }

  @Override
  public Future<Optional<JobView>> find(JobId job) {
    UUID before = job.sequence() == 1
        ? job.batch().value()
        : job.batch().job(job.sequence() - 1).value();
    return database
        .send("jobs_page", before, job.value(), null, 1, null, null)
        .map(rows -> Database.list(rows, Rows::view).stream().findFirst());
  }

  @Override
  public Future<Optional<Buffer>> spec(JobId job) {
    return database
        .send("job_spec", job.value())
        .map(rows -> Database.list(rows, row -> row.getBuffer("spec")).stream().findFirst());
  }

  @Override
  public Future<List<Attempt>> attempts(JobId job) {
    return database
        .send("job_attempts", job.value())
        .map(rows -> Database.list(rows, Rows::attempt));
  }

  private Future<Integer> cancel(long session, BatchId batch, int from, int total) {
    if (from >= total) {
      return Future.succeededFuture(0);
    }
    UUID low = from == 0 ? batch.value() : batch.job(from).value();
    int to = Math.min(total, from + CANCELLED_AT_ONCE);
    return database
        .send("jobs_cancel", batch.value(), session, low, batch.job(to).value())
        .map(rows -> rows.iterator().next().getInteger("cancelled"))
        .compose(count -> cancel(session, batch, to, total).map(more -> count + more));
  }

  private static @Nullable Short code(@Nullable String state) {
    return state == null ? null : (Short) (short) Codes.state(state);
  }

  private static UUID start(BatchId batch, @Nullable JobId after) {
    return after == null ? batch.value() : after.value();
  }
}
