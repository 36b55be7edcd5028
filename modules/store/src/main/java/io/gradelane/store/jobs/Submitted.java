package io.gradelane.store.jobs;

import io.gradelane.core.job.BatchId;
import io.vertx.core.buffer.Buffer;

/** What became of a batch that was submitted under a {@link RequestKey}. */
public sealed interface Submitted {

  /**
   * It is kept.
   *
   * @param answer what whoever sends it again will be told too
   */
  record Kept(BatchId batch, Buffer answer) implements Submitted {}

  /** It had been kept before: this is the batch, and what was answered then. */
  record Before(BatchId batch, Buffer answer) implements Submitted {}

  /** The key stands for another request. */
  record Taken() implements Submitted {}

  /** The first request with this key is still being kept. */
  record UnderWay() implements Submitted {}
}
