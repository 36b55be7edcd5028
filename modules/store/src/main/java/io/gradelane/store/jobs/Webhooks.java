package io.gradelane.store.jobs;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where tenants want to be told of what has ended. */
public interface Webhooks {

  Future<Webhook> add(NewWebhook webhook);

  Future<Optional<Webhook>> find(UUID webhook);

  /**
   * By id.
   *
   * @param tenant whose, or null for everybody's
   * @param after behind which, or null for the first
   */
  Future<List<Webhook>> page(@Nullable String tenant, @Nullable UUID after, int size);

  /** With all that was to be delivered to it. @return whether it was there */
  Future<Boolean> remove(UUID webhook);

  /**
   * Gives it a new secret.
   *
   * @param overlap how long it is also signed with the one before
   * @return whether it is there
   */
  Future<Boolean> rotate(UUID webhook, String secret, Duration overlap);

  /** It wants nothing more: what still waits for it is dead. */
  Future<Void> disable(UUID webhook);
}
