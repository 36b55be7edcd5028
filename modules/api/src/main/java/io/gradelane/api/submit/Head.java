package io.gradelane.api.submit;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.Reuse;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a batch, its jobs apart.
 *
 * @param name for people
 * @param template what its jobs share, as it was written, or null
 * @param hook the webhook that is to hear of it
 * @param reuse whether it takes results that are known
 */
public record Head(
    String name, @Nullable Buffer template, BatchControl control, HookWish hook, Reuse reuse) {

  /** Most characters of a name and of a ref. */
  static final int MOST_WORDS = 200;
}
