package io.gradelane.api.v1;

import io.gradelane.api.hooks.HookRules;
import io.gradelane.api.v1.Problem.Wrong;
import io.gradelane.core.hook.HookEvent;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /api/v1/webhooks}: {@code {"url", "events"}}; without events it hears of every batch's end. */
record HookRequest(String url, Set<HookEvent> events) {

  private static final Set<String> KEYS = Set.of("url", "events");

  HookRequest {
    events = Set.copyOf(events);
  }

  /** Empty after an answer that says everything that is wrong. */
  static Optional<HookRequest> read(Call call, HookRules rules) {
    JsonObject body;
    try {
      body = new JsonObject(call.body());
    } catch (DecodeException | ClassCastException malformed) {
      call.fail(new Problem(400, "malformed", "The body is not a JSON object"));
      return Optional.empty();
    }
    List<Wrong> wrong = new ArrayList<>();
    String url = url(body.getValue("url"), "/url", rules, wrong);
    Set<HookEvent> events = events(body.getValue("events"), wrong);
    body.fieldNames().stream()
        .filter(key -> !KEYS.contains(key))
        .forEach(key -> wrong.add(new Wrong("/" + key, "unknown (expected: url or events)")));
    if (!wrong.isEmpty()) {
      call.fail(new Problem(422, "invalid", "The body is not as expected", wrong));
      return Optional.empty();
    }
    return Optional.of(new HookRequest(url, events));
  }

  /** An empty one if it is wrong. */
  static String url(@Nullable Object value, String pointer, HookRules rules, List<Wrong> wrong) {
    if (!(value instanceof String url)) {
      wrong.add(new Wrong(pointer, value + " (expected: a URL)"));
      return "";
    }
    try {
      rules.read(url);
      return url;
    } catch (IllegalArgumentException no) {
      wrong.add(new Wrong(pointer, String.valueOf(no.getMessage())));
      return "";
    }
  }

  private static Set<HookEvent> events(@Nullable Object value, List<Wrong> wrong) {
    Set<HookEvent> events = EnumSet.noneOf(HookEvent.class);
    if (value == null) {
      events.add(HookEvent.BATCH_ENDED);
      return events;
    }
    if (!(value instanceof JsonArray list)) {
      wrong.add(new Wrong("/events", value + " (expected: a list of events)"));
      return events;
    }
    for (int i = 0; i < list.size(); i++) {
      Object word = list.getValue(i);
      Optional<HookEvent> event = HookEvent.of(String.valueOf(word));
      event.ifPresent(events::add);
      if (event.isEmpty()) {
        String expected = String.join(" or ", HookEvent.words());
        wrong.add(new Wrong("/events/" + i, "'" + word + "' (expected: " + expected + ")"));
      }
    }
    return events;
  }
}
