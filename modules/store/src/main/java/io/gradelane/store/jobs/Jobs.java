package io.gradelane.store.jobs;

import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobId;
import io.gradelane.core.job.JobState.Waiting;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jobs: found, claimed, finished, looked at. */
public interface Jobs {

  /** A job that waits, and all that is needed to ask for a permit and to run it. */
  record Found(JobId id, Waiting state, String language, int costMillis, Buffer spec) {}

  /** A job that was granted, and where. */
  record Offer(JobId job, String server) {}

  /** A job that is now this session's to run. */
  record Claimed(Claim claim, int strikes) {}

  /** What became of a finish. */
  enum Fate {
    /** It is kept. */
    KEPT,
    /** Its batch was cancelled meanwhile: the job is cancelled. */
    DROPPED,
    /** Somebody else has the job now, or had it: nothing was changed. */
    STALE,
    /** The database refuses to keep it, whatever it was sent with: the job is dead, and says why. */
    UNKEEPABLE
  }

  /**
   * The jobs of a batch that wait, in order.
   *
   * @param after behind which, or null for the first
   */
  Future<List<Found>> waiting(BatchId batch, @Nullable JobId after, int limit);

  /**
   * Claims what still waits and may start, if the session lives.
   *
   * @return the claimed ones, in no order; what is missing was not to be had
   */
  Future<List<Claimed>> claim(long session, List<Offer> offers);

  /**
   * What a claim did whose answer was lost on the way.
   *
   * @return those of the jobs that run under the session
   */
  Future<List<Claimed>> claimed(long session, List<JobId> jobs);

  /**
   * Ends attempts, all in one statement; those that the database refuses to keep each by itself. May be sent again when
   * nobody knows whether it arrived: it says the same.
   *
   * @param session whose log says it: the sender's, whatever the claims were made under
   * @param node for the record
   */
  Future<Map<Claim, Fate>> finish(long session, String node, List<EndedAttempt> group);

  /** Cancels what waits in a cancelled batch. @return how many */
  Future<Integer> cancelWaiting(long session, BatchId batch);

  /**
   * Lets dead jobs of a batch wait again.
   *
   * @param some which, or empty for all
   * @return how many
   */
  Future<Integer> redrive(long session, BatchId batch, Set<JobId> some);

  /**
   * A batch's jobs, in order.
   *
   * @param after behind which, or null for the first
   * @param state only those in this state ({@code waiting}, …), or null for all
   */
  Future<List<JobView>> page(
      BatchId batch, @Nullable JobId after, @Nullable String state, int size);

  Future<Optional<JobView>> find(JobId job);

  /** What of its run is not in the batch's template. */
  Future<Optional<Buffer>> spec(JobId job);

  /** Every attempt that has ended, in order. */
  Future<List<Attempt>> attempts(JobId job);
}
