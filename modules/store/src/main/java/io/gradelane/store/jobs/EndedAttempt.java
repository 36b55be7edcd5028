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
 */
public record EndedAttempt(
    Claim claim,
    AttemptEnding ending,
    JobState next,
    Where where,
    @Nullable Buffer result) {

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
