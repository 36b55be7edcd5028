package io.gradelane.store.jobs;

import io.gradelane.core.job.AttemptEnding;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobState;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that has ended, on its way to the store.
 *
 * @param next what the job is to be: waiting again, finished or dead
 * @param where the circumstances
 * @param result the server's answer, byte for byte, or null
 * @param origin whose result it is, if it was not run, or null
 * @param digest under which the result is to be remembered, or null
 */
public record EndedAttempt(
    Claim claim,
    AttemptEnding ending,
    JobState next,
    Where where,
    @Nullable Buffer result,
    @Nullable Origin origin,
    @Nullable Buffer digest) {

  /** One that was run, and is not to be remembered. */
  public EndedAttempt(
      Claim claim, AttemptEnding ending, JobState next, Where where, @Nullable Buffer result) {
    this(claim, ending, next, where, result, null, null);
  }

  /**
   * @param server that it was sent to
   * @param waitedMillis for its grant
   * @param ranMillis from its start to its end, as seen from the node
   * @param serverLoad runs on the server when it started, itself included
   * @param serverSlots of the server
   */
  public record Where(
      String server, int waitedMillis, int ranMillis, int serverLoad, int serverSlots) {}

  /** Why it ended so, for whoever looks at it later. */
  public String reason() {
    return next instanceof JobState.Dead dead ? dead.reason() : ending.reason();
  }
}
