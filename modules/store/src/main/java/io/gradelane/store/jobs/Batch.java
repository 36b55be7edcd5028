package io.gradelane.store.jobs;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Progress;
import io.gradelane.core.job.Reuse;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch as it is kept.
 *
 * @param reuse whether it takes results that are known
 * @param endedAt when the last of its jobs had ended, or null
 */
public record Batch(
    BatchId id,
    String tenant,
    String name,
    @Nullable Buffer template,
    boolean sealed,
    BatchControl control,
    Reuse reuse,
    Progress progress,
    Instant createdAt,
    @Nullable Instant endedAt) {

  /** One whose jobs are all run. */
  public Batch(
      BatchId id,
      String tenant,
      String name,
      @Nullable Buffer template,
      boolean sealed,
      BatchControl control,
      Progress progress,
      Instant createdAt,
      @Nullable Instant endedAt) {
    this(id, tenant, name, template, sealed, control, Reuse.NEVER, progress, createdAt, endedAt);
  }
}
