package io.gradelane.store.jobs;

import io.gradelane.core.hook.HookEvent;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * Something that a webhook is told, as it is kept.
 *
 * @param tries up to now
 * @param dueAt when it is tried next, if it waits
 * @param status of the last answer, 0 for none
 * @param reason why the last try failed; empty if it did not
 */
public record Delivery(
    UUID id,
    UUID webhook,
    HookEvent event,
    JsonObject data,
    Instant madeAt,
    State state,
    int tries,
    Instant dueAt,
    int status,
    String reason) {

  /** Its life; a dead one can be tried anew. */
  public enum State {
    WAITING,
    DELIVERED,
    DEAD;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
