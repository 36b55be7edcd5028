package io.gradelane.store.jobs;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Progress;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch as it is kept.
 *
 * @param endedAt when the last of its jobs had ended, or null
 */
public record Batch(
    BatchId id,
    String tenant,
    String name,
    @Nullable Buffer template,
    boolean sealed,
    BatchControl control,
    Progress progress,
    Instant createdAt,
    @Nullable Instant endedAt) {}
