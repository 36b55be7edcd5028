package io.gradelane.api.v1;

import io.gradelane.api.hooks.HookSignature;
import io.gradelane.api.submit.HookWish;
import io.gradelane.store.jobs.BatchHook;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.NewWebhook;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The webhook that a batch names.
 *
 * @param hook null for none
 */
record NamedHook(@Nullable BatchHook hook) {

  /** @return empty if there is no such webhook of this tenant */
  static Future<Optional<NamedHook>> find(
      Call call, JobStore store, HookWish wish, SecureRandom random) {
    String url = wish.url();
    if (url != null) {
      UUID made = UUID.randomUUID();
      String secret = HookSignature.secret(random);
      NewWebhook webhook = new NewWebhook(made, call.tenant().name(), url, secret, Set.of());
      return found(new NamedHook(new BatchHook(made, webhook, wish.jobEvents())));
    }
    UUID id = wish.id();
    return id == null
        ? found(new NamedHook(null))
        : store
            .webhooks()
            .find(id)
            .map(known -> known
                .filter(hook -> HookRooms.mayUse(call, hook))
                .map(hook -> new NamedHook(new BatchHook(id, null, wish.jobEvents()))));
  }

  private static Future<Optional<NamedHook>> found(NamedHook named) {
    return Future.succeededFuture(Optional.of(named));
  }

  /** The answer, with the secret of what was made. */
  JsonObject shownIn(JsonObject answer) {
    return hook == null || hook.made() == null
        ? answer
        : answer.put("webhook", HookJson.secret(hook.webhook(), hook.made().secret()));
  }
}
