package io.gradelane.api.submit;

import io.gradelane.api.access.LaneBook;
import io.gradelane.api.access.Tenant;
import io.gradelane.api.hooks.HookRules;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.Reuse;
import io.gradelane.core.job.StopRule;
import io.gradelane.core.lane.LaneSpec;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {"lane", "name", "sample", "stopPercent", "priority", "paused", "notBefore", "webhook", "cache"}}, of which
 * none must be there.
 */
public final class HeadReader {

  private static final List<String> KEYS = List.of(
      "lane",
      "name",
      "sample",
      "stopPercent",
      "priority",
      "paused",
      "notBefore",
      "webhook",
      "cache");

  private final LaneBook lanes;
  private final HookRules hooks;
  private final InstantSource clock;

  public HeadReader(LaneBook lanes, HookRules hooks, InstantSource clock) {
    this.lanes = lanes;
    this.hooks = hooks;
    this.clock = clock;
  }

  /** @param fallback the name of what has none */
  Head read(Tenant tenant, JsonObject values, @Nullable Spec template, String fallback) {
    for (String key : values.fieldNames()) {
      if (!KEYS.contains(key)) {
        throw Unfit.saying("/" + key, "unknown", "one of " + String.join(", ", KEYS));
      }
    }
    return new Head(
        name(values, fallback),
        template == null ? null : template.text(),
        control(tenant, values),
        HookWish.read(values, hooks),
        reuse(values));
  }

  private BatchControl control(Tenant tenant, JsonObject values) {
    BatchControl control = BatchControl.in(lane(tenant, values).name());
    Integer sample = number(values, "sample", 1, BatchControl.ALL);
    Integer stop = number(values, "stopPercent", 0, 99);
    Integer priority = number(values, "priority", Controls.LEAST_PRIORITY, Controls.MOST_PRIORITY);
    control = sample == null ? control : control.sample(sample);
    control = stop == null ? control : control.withStop(new StopRule(stop));
    control = priority == null ? control : control.withPriority(priority);
    control = paused(values) ? control.pause("from its start") : control;
    return control.startAt(notBefore(values)).withVersion(1);
  }

  private LaneSpec lane(Tenant tenant, JsonObject values) {
    Object wish = values.getValue("lane");
    if (wish == null) {
      return lanes.choose(tenant, null, null);
    }
    LaneSpec lane = wish instanceof String name ? lanes.find(name) : null;
    if (lane == null) {
      throw Unfit.at("/lane", wish, lanes.words(tenant));
    }
    if (!tenant.mayUse(lane.name())) {
      throw Unfit.forbidden(
          "lane_not_allowed", "This key may not use the lane '" + lane.name() + "'");
    }
    return lane;
  }

  private @Nullable Instant notBefore(JsonObject values) {
    Object value = values.getValue("notBefore");
    if (value == null) {
      return null;
    }
    Instant time = Controls.time(value, clock.instant());
    if (time == null) {
      throw Unfit.at("/notBefore", value, Controls.A_TIME);
    }
    return time;
  }

  private static String name(JsonObject values, String fallback) {
    Object value = values.getValue("name", fallback);
    if (value instanceof String text && text.length() <= Head.MOST_WORDS && text.indexOf(0) < 0) {
      return text;
    }
    throw Unfit.at("/name", value, "a string of at most " + Head.MOST_WORDS + " characters");
  }

  private static @Nullable Integer number(JsonObject values, String key, int least, int most) {
    Object value = values.getValue(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Integer number) || number < least || number > most) {
      throw Unfit.at("/" + key, value, "a whole number from " + least + " to " + most);
    }
    return number;
  }

  private static Reuse reuse(JsonObject values) {
    Object value = values.getValue("cache");
    return switch (value) {
      case null -> Reuse.NEVER;
      case Boolean known -> known ? Reuse.KNOWN : Reuse.NEVER;
      case String word when word.equals(Reuse.REFRESH.word()) -> Reuse.REFRESH;
      default -> throw Unfit.at("/cache", value, "true, false or \"refresh\"");
    };
  }

  private static boolean paused(JsonObject values) {
    Object value = values.getValue("paused");
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw Unfit.at("/paused", value, "true or false");
  }
}
