package io.gradelane.store.jobs;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Reuse;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A batch that is submitted.
 *
 * @param tenant who asks
 * @param name for people
 * @param template the parts of a run spec that its jobs share, or null
 * @param sealed whether it is whole; more jobs can be added to one that is not
 * @param hook that it names, or null
 * @param reuse whether it takes results that are known
 */
public record NewBatch(
    BatchId id,
    String tenant,
    String name,
    @Nullable Buffer template,
    BatchControl control,
    boolean sealed,
    @Nullable BatchHook hook,
    Reuse reuse) {

  /** One that names no webhook, and runs every job. */
  public NewBatch(
      BatchId id,
      String tenant,
      String name,
      @Nullable Buffer template,
      BatchControl control,
      boolean sealed) {
    this(id, tenant, name, template, control, sealed, null, Reuse.NEVER);
  }
}
