package io.gradelane.store.jobs;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Batches: submitted, steered, ended. What changes one is said in its log under the session that did it. */
public interface Batches {

  /** All of the jobs or, if it fails, none. */
  Future<Batch> submit(long session, NewBatch batch, JobSource jobs);

  /**
   * As {@link #submit(long, NewBatch, JobSource)}, once for each key, however often and wherever it is sent at the same
   * time. Keys are kept for a day.
   *
   * @param answer what is to be told of the batch, to whoever asks with this key
   */
  Future<Submitted> submit(
      long session, NewBatch batch, JobSource jobs, RequestKey key, Function<Batch, Buffer> answer);

  /**
   * Adds jobs to a batch that is not sealed.
   *
   * @return their ids, in order; empty if the batch takes no more
   */
  Future<List<JobId>> add(BatchId batch, List<NewJob> jobs);

  /** No more jobs will come. */
  Future<Void> seal(BatchId batch);

  Future<Optional<Batch>> find(BatchId batch);

  /** All that have not ended, oldest first. */
  Future<List<Batch>> open();

  /**
   * Newest first.
   *
   * @param tenant whose, or null for everybody's
   * @param before only those that were made before this one; null for all
   */
  Future<List<Batch>> page(@Nullable String tenant, @Nullable BatchId before, int size);

  /**
   * Takes a control that was made from the version before it.
   *
   * @param why what the log says of it
   * @return whether it was taken: false if somebody else was faster, or the batch has ended
   */
  Future<Boolean> steer(long session, BatchId batch, BatchControl next, String why);

  /** Ends it, if every job of it has ended. @return whether it did so now */
  Future<Boolean> end(long session, BatchId batch);

  /**
   * Puts right what a crash left undone: cancels what still waits in cancelled batches, ends those that are complete.
   *
   * @return the batches that it ended
   */
  Future<List<BatchId>> sweep(long session);
}
