package io.gradelane.store.jobs;

import io.gradelane.core.hook.HookEvent;
import java.util.Set;
import java.util.UUID;

/**
 * A webhook that is registered.
 *
 * @param secret {@code whsec_…}
 */
public record NewWebhook(UUID id, String tenant, String url, String secret, Set<HookEvent> events) {

  public NewWebhook {
    events = Set.copyOf(events);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "NewWebhook[" + id + " " + tenant + " " + url + " " + events + "]";
  }
}
