package io.gradelane.store.jobs;

import io.gradelane.core.hook.HookEvent;
import io.gradelane.core.job.BatchId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is kept; its secret is only shown to whoever signs.
 *
 * @param events that it hears of, of whichever batch of its tenant; empty for one that only hears of batches that name it
 * @param onlyBatch that it was made for, or null
 * @param disabledAt when it answered that it wants nothing more, or null
 */
public record Webhook(
    UUID id,
    String tenant,
    String url,
    Set<HookEvent> events,
    @Nullable BatchId onlyBatch,
    Instant createdAt,
    @Nullable Instant disabledAt) {

  public Webhook {
    events = Set.copyOf(events);
  }
}
