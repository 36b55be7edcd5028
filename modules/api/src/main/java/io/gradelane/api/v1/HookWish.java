package io.gradelane.api.v1;

import io.gradelane.api.hooks.HookRules;
import io.gradelane.api.hooks.HookSignature;
import io.gradelane.api.v1.Problem.Wrong;
import io.gradelane.store.jobs.BatchHook;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.NewWebhook;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says of webhooks when it is submitted: {@code "webhook": {"url"}} for one of its own or {@code {"id"}} for one
 * that is registered, both with {@code "jobEvents": true} if it is to hear of each job too.
 *
 * @param id of one that is registered, or null
 * @param url of one to be made, or null
 */
record HookWish(@Nullable UUID id, @Nullable String url, boolean jobEvents) {

  /** Nothing. */
  static final HookWish NONE = new HookWish(null, null, false);

  private static final String KEYS = "url or id, and jobEvents";

  /** @param body that submits; what is wrong with it is added to {@code wrong} */
  static HookWish read(JsonObject body, HookRules rules, List<Wrong> wrong) {
    Object value = body.getValue("webhook");
    if (value == null) {
      return NONE;
    }
    if (!(value instanceof JsonObject wish)
        || !Set.of("url", "id", "jobEvents").containsAll(wish.fieldNames())
        || wish.containsKey("url") == wish.containsKey("id")) {
      wrong.add(new Wrong("/webhook", value + " (expected: an object with " + KEYS + ")"));
      return NONE;
    }
    Object jobs = wish.getValue("jobEvents", false);
    if (!(jobs instanceof Boolean)) {
      wrong.add(new Wrong("/webhook/jobEvents", jobs + " (expected: true or false)"));
    }
    boolean jobEvents = Boolean.TRUE.equals(jobs);
    return wish.containsKey("url")
        ? new HookWish(
            null, HookRequest.url(wish.getValue("url"), "/webhook/url", rules, wrong), jobEvents)
        : new HookWish(id(wish.getValue("id"), wrong), null, jobEvents);
  }

  private static @Nullable UUID id(@Nullable Object value, List<Wrong> wrong) {
    Optional<UUID> id = HookRooms.id(String.valueOf(value));
    if (id.isEmpty()) {
      wrong.add(new Wrong("/webhook/id", "'" + value + "' (expected: the id of a webhook)"));
    }
    return id.orElse(null);
  }

  /**
   * The webhook that the batch is to name.
   *
   * @return empty if there is no such webhook of this tenant
   */
  Future<Optional<Named>> find(Call call, JobStore store, SecureRandom random) {
    if (url != null) {
      UUID made = UUID.randomUUID();
      String secret = HookSignature.secret(random);
      NewWebhook webhook = new NewWebhook(made, call.tenant().name(), url, secret, Set.of());
      return Future.succeededFuture(
          Optional.of(new Named(new BatchHook(made, webhook, jobEvents))));
    }
    if (id == null) {
      return Future.succeededFuture(Optional.of(new Named(null)));
    }
    UUID known = id;
    return store
        .webhooks()
        .find(known)
        .map(found -> found
            .filter(hook -> HookRooms.mayUse(call, hook))
            .map(hook -> new Named(new BatchHook(known, null, jobEvents))));
  }

  /** What was found, or null for none. */
  record Named(@Nullable BatchHook hook) {

    /** The answer, with the secret of what was made. */
    JsonObject shownIn(JsonObject answer) {
      return hook == null || hook.made() == null
          ? answer
          : answer.put("webhook", HookJson.secret(hook.webhook(), hook.made().secret()));
    }
  }
}
