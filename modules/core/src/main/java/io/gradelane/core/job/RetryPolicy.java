package io.gradelane.core.job;

import io.gradelane.core.job.AttemptEnding.Dropped;
import io.gradelane.core.job.AttemptEnding.Lost;
import io.gradelane.core.job.AttemptEnding.Ran;
import io.gradelane.core.job.AttemptEnding.Refused;
import io.gradelane.core.job.AttemptEnding.Rejected;
import io.gradelane.core.job.AttemptEnding.Vanished;
import io.gradelane.core.job.JobState.Running;
import io.gradelane.core.job.JobState.Waiting;
import java.time.Duration;

/**
 * What follows an attempt. Only what was refused or lost is tried again, later and on another server; a job under which
 * servers or nodes vanish time and again is given up, for it may be what makes them vanish.
 *
 * @param strikes so many and it is dead, 1 or more
 * @param first pause before the second attempt, above zero
 * @param longest pause, at least {@code first}
 */
public record RetryPolicy(int strikes, Duration first, Duration longest) {

  public static final RetryPolicy DEFAULT =
      new RetryPolicy(3, Duration.ofMillis(500), Duration.ofSeconds(30));

  private static final int MOST_DOUBLINGS = 20;

  /** What is to be done with the job. */
  public sealed interface Next {

    /** The job's next state. */
    JobState state();
  }

  /** Nothing: it has ended. */
  public record Over(JobState state) implements Next {}

  /**
   * Again, not before {@code pause} has passed, and not on {@code state.lastServer()} if there is another.
   */
  public record Again(Waiting state, Duration pause) implements Next {}

  public RetryPolicy {
    if (strikes < 1 || !first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("retries: strikes " + strikes + ", first " + first
          + ", longest " + longest + " (expected: strikes >= 1, 0 < first <= longest)");
    }
  }

  /** @param jitter from 0 to 1: nodes that failed together don't come back together */
  public Next after(Running job, AttemptEnding ending, double jitter) {
    return switch (ending) {
      case Ran ran -> new Over(job.finish(ran.outcome()));
      case Refused refused -> again(job.retry(false), jitter);
      case Lost lost -> struck(job, lost.reason(), jitter);
      case Vanished vanished -> struck(job, "its node vanished", jitter);
      case Rejected rejected -> new Over(job.die(rejected.reason()));
      case Dropped dropped -> new Over(job.cancel());
    };
  }

  private Next struck(Running job, String reason, double jitter) {
    return job.strikes() + 1 >= strikes
        ? new Over(job.die(reason + ", for the " + strikes + ". time"))
        : again(job.retry(true), jitter);
  }

  private Again again(Waiting state, double jitter) {
    return new Again(state, pause(state.attempts(), jitter));
  }

  /** From half of the doubled pause to the whole. */
  private Duration pause(int attempts, double jitter) {
    int doublings = Math.clamp(attempts - 1L, 0, MOST_DOUBLINGS);
    double whole =
        Math.min((double) longest.toMillis(), Math.scalb((double) first.toMillis(), doublings));
    return Duration.ofMillis((long) (whole * (0.5 + jitter / 2)));
  }
}
