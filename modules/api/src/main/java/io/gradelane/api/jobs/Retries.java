package io.gradelane.api.jobs;

import io.gradelane.core.job.AttemptEnding;
import io.gradelane.core.job.AttemptEnding.Refused;
import io.gradelane.core.job.JobState;
import io.gradelane.core.job.JobState.Running;
import io.gradelane.core.job.RetryPolicy;
import io.gradelane.core.job.RetryPolicy.Again;
import io.gradelane.core.job.RetryPolicy.Over;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.Jobs.Claimed;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What becomes of a claimed job after an attempt, and how long it rests before the next one. */
final class Retries {

  private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;

  private final RandomGenerator random;

  Retries(RandomGenerator random) {
    this.random = random;
  }

  /** What it is to be. */
  JobState next(Claimed claimed, String server, AttemptEnding ending) {
    return switch (after(claimed, server, ending)) {
      case Over over -> over.state();
      case Again again -> again.state();
    };
  }

  /** The attempt of one that was claimed and is not run: it waits on, as it was. */
  EndedAttempt unused(Claimed claimed, String server) {
    Refused refused = new Refused();
    return new EndedAttempt(
        claimed.claim(),
        refused,
        next(claimed, server, refused),
        new EndedAttempt.Where(server, 0, 0, 0, 0),
        null);
  }

  /** How long one rests that waits again. */
  Duration pause(Claimed claimed, EndedAttempt ended) {
    return after(claimed, ended.where().server(), ended.ending()) instanceof Again again
        ? again.pause()
        : POLICY.longest();
  }

  /** How long one rests that has not been tried yet. */
  Duration firstPause() {
    return POLICY.first();
  }

  private RetryPolicy.Next after(Claimed claimed, String server, AttemptEnding ending) {
    Running running = new Running(
        claimed.claim().attempt(), claimed.strikes(), claimed.claim().session(), server);
    return POLICY.after(running, ending, random.nextDouble());
  }
}
