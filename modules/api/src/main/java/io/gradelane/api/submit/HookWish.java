package io.gradelane.api.submit;

import io.gradelane.api.hooks.HookRules;
import io.vertx.core.json.JsonObject;
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
public record HookWish(@Nullable UUID id, @Nullable String url, boolean jobEvents) {

  private static final HookWish NONE = new HookWish(null, null, false);
  private static final String AT = "/webhook";
  private static final Set<String> KEYS = Set.of("url", "id", "jobEvents");

  /** @param values that say something of a batch */
  static HookWish read(JsonObject values, HookRules rules) {
    Object value = values.getValue("webhook");
    if (value == null) {
      return NONE;
    }
    if (!(value instanceof JsonObject wish)
        || !KEYS.containsAll(wish.fieldNames())
        || wish.containsKey("url") == wish.containsKey("id")) {
      throw Unfit.at(AT, value, "an object with url or id, and jobEvents");
    }
    boolean jobEvents = jobEvents(wish.getValue("jobEvents", false));
    return wish.containsKey("url")
        ? new HookWish(null, url(wish.getValue("url"), rules), jobEvents)
        : new HookWish(id(wish.getValue("id")), null, jobEvents);
  }

  private static boolean jobEvents(@Nullable Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw Unfit.at(AT + "/jobEvents", value, "true or false");
  }

  private static String url(@Nullable Object value, HookRules rules) {
    if (!(value instanceof String url)) {
      throw Unfit.at(AT + "/url", value, "a URL");
    }
    try {
      rules.read(url);
      return url;
    } catch (IllegalArgumentException no) {
      throw Unfit.because(AT + "/url", String.valueOf(no.getMessage()));
    }
  }

  private static UUID id(@Nullable Object value) {
    try {
      return UUID.fromString(String.valueOf(value));
    } catch (IllegalArgumentException no) {
      throw Unfit.at(AT + "/id", value, "the id of a webhook");
    }
  }
}
