package io.gradelane.fleet.pool;

import io.gradelane.core.fleet.QueuedBatch;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Jobs.Found;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Durable work that waits, with what it is going to cost. */
public interface Batches {

  /** Never fails: what can't be told is not there. */
  Future<List<QueuedBatch>> queued();

  static Batches none() {
    return () -> Future.succeededFuture(List.of());
  }

  /** Those of the store, estimated by the next few jobs of each: nothing is counted, however many there are. */
  static Batches of(Supplier<Optional<JobStore>> store) {
    return new Estimated(store);
  }

  /** @param store empty while it can't be reached */
  record Estimated(Supplier<Optional<JobStore>> store) implements Batches {

    private static final int SAMPLE = 20;
    private static final int MOST = 100;

    @Override
    public Future<List<QueuedBatch>> queued() {
      return store
          .get()
          .map(opened -> opened.batches().open().compose(open -> queued(opened, open)))
          .orElseGet(() -> Future.succeededFuture(List.of()))
          .otherwise(List.of());
    }

    private static Future<List<QueuedBatch>> queued(JobStore opened, List<Batch> open) {
      List<Future<QueuedBatch>> estimates = open.stream()
          .filter(Estimated::mayRun)
          .limit(MOST)
          .map(batch ->
              opened.jobs().waiting(batch.id(), null, SAMPLE).map(jobs -> estimated(batch, jobs)))
          .toList();
      return Future.all(estimates).map(all -> all.<QueuedBatch>list());
    }

    private static boolean mayRun(Batch batch) {
      return !batch.control().cancelled()
          && batch.control().paused() == null
          && batch.progress().left() > 0;
    }

    private static QueuedBatch estimated(Batch batch, List<Found> jobs) {
      double mean = jobs.stream().mapToInt(Found::costMillis).average().orElse(0);
      long millis = (long) (mean * batch.progress().left());
      Instant begin = batch.control().notBefore();
      return new QueuedBatch(
          batch.id().toString(), Duration.ofMillis(millis), begin == null ? Instant.EPOCH : begin);
    }
  }
}
