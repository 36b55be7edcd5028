package io.gradelane.store.jobs;

import io.vertx.core.buffer.Buffer;

/** What became of something that was asked for under a {@link RequestKey}. */
public sealed interface Once {

  /**
   * What whoever asks is told.
   *
   * @param status of HTTP
   */
  record Answer(int status, Buffer body) {}

  /** It is done, and whoever asks again will be told the same. */
  record Done(Answer answer) implements Once {}

  /** It had been done before: this was answered then. */
  record Before(Answer answer) implements Once {}

  /** The key stands for another request. */
  record Taken() implements Once {}

  /** The first request with this key is still under way. */
  record UnderWay() implements Once {}
}
