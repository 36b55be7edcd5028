package io.gradelane.api.v1;

import io.gradelane.core.hook.HookEvent;
import io.gradelane.store.jobs.Delivery;
import io.gradelane.store.jobs.Delivery.State;
import io.gradelane.store.jobs.Webhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** Webhooks and deliveries as JSON. */
final class HookJson {

  private HookJson() {}

  static JsonObject webhooks(List<Webhook> page, int size) {
    JsonArray all = new JsonArray();
    page.forEach(hook -> all.add(webhook(hook)));
    JsonObject json = new JsonObject().put("webhooks", all);
    return page.size() == size ? json.put("after", page.getLast().id().toString()) : json;
  }

  /** Without its secret. */
  static JsonObject webhook(Webhook hook) {
    JsonArray events = new JsonArray();
    hook.events().stream().map(HookEvent::word).sorted().forEach(events::add);
    return new JsonObject()
        .put("id", hook.id().toString())
        .put("tenant", hook.tenant())
        .put("url", hook.url())
        .put("events", events)
        .put("batch", hook.onlyBatch() == null ? null : hook.onlyBatch().toString())
        .put("createdAt", hook.createdAt().toString())
        .put("disabledAt", hook.disabledAt() == null ? null : hook.disabledAt().toString());
  }

  /** The only answer that ever shows a secret. */
  static JsonObject secret(UUID id, String secret) {
    return new JsonObject().put("id", id.toString()).put("secret", secret);
  }

  static JsonObject deliveries(List<Delivery> page, int size) {
    JsonArray all = new JsonArray();
    page.forEach(one -> all.add(delivery(one)));
    JsonObject json = new JsonObject().put("deliveries", all);
    return page.size() == size ? json.put("before", page.getLast().id().toString()) : json;
  }

  private static JsonObject delivery(Delivery one) {
    return new JsonObject()
        .put("id", one.id().toString())
        .put("type", one.event().word())
        .put("data", one.data())
        .put("state", one.state().word())
        .put("tries", one.tries())
        .put("status", one.status() == 0 ? null : one.status())
        .put("reason", one.reason())
        .put("madeAt", one.madeAt().toString())
        .put("dueAt", one.state() == State.WAITING ? one.dueAt().toString() : null);
  }
}
