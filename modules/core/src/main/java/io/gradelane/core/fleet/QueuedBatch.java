package io.gradelane.core.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * A batch that waits or has begun.
 *
 * @param cost slot time that the rest of it is estimated to take
 * @param notBefore nothing of it starts earlier
 */
public record QueuedBatch(String id, Duration cost, Instant notBefore) {}
