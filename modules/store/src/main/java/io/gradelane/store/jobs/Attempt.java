package io.gradelane.store.jobs;

import io.gradelane.core.job.AttemptEnding;
import io.gradelane.core.job.Claim;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as it is kept.
 *
 * @param origin whose result it is, if it was not run, or null
 */
public record Attempt(
    Claim claim,
    AttemptEnding ending,
    String node,
    EndedAttempt.Where where,
    Instant claimedAt,
    Instant endedAt,
    @Nullable Buffer result,
    @Nullable Origin origin) {}
