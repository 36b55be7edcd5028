package io.gradelane.store.jobs;

import io.gradelane.core.job.BatchId;
import java.time.Instant;
import java.util.List;

/**
 * A change of a batch.
 *
 * @param session that wrote it; with the batch it numbers its events from 1, without a gap
 * @param finished jobs that the session has ended so, this event included; {@code dead}, {@code cancelled} and the
 *     {@code lost} attempts likewise
 * @param jobs those that changed, by their sequence in the batch
 */
public record BatchEvent(
    BatchId batch,
    long session,
    long number,
    Instant at,
    Kind kind,
    int finished,
    int dead,
    int cancelled,
    int lost,
    List<Changed> jobs,
    String detail) {

  /** What happened. */
  public enum Kind {
    SUBMITTED,
    PROGRESS,
    STEERED,
    ENDED,
    REOPENED
  }

  /** A job, and the word of the state that it has now. */
  public record Changed(int sequence, String state) {}

  public BatchEvent {
    jobs = List.copyOf(jobs);
  }
}
