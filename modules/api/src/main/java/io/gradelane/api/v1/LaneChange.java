package io.gradelane.api.v1;

import io.gradelane.api.v1.Problem.Wrong;
import io.gradelane.core.lane.LaneSpec;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of {@code PATCH /api/v1/lanes/{name}}: any of {@code paused}, {@code priority}, {@code min}, {@code
 * cap} (null for none), {@code patience} (seconds) and {@code maxQueued}; what is left out stays. Every mistake is said at
 * once.
 */
final class LaneChange {

  private static final Set<String> KEYS =
      Set.of("paused", "priority", "min", "cap", "patience", "maxQueued");

  private final JsonObject body;
  private final List<Wrong> wrong = new ArrayList<>();

  private LaneChange(JsonObject body) {
    this.body = body;
  }

  /** Empty after an answer that says what is wrong. */
  static Optional<LaneSpec> read(Call call, LaneSpec lane) {
    LaneChange change;
    try {
      change = new LaneChange(new JsonObject(call.body()));
    } catch (DecodeException | ClassCastException malformed) {
      call.fail(new Problem(400, "malformed", "The body is not a JSON object"));
      return Optional.empty();
    }
    LaneSpec next = change.of(lane);
    if (next == null) {
      call.fail(new Problem(422, "invalid", "The body is not as expected", change.wrong));
    }
    return Optional.ofNullable(next);
  }

  private @Nullable LaneSpec of(LaneSpec lane) {
    body.fieldNames().stream()
        .filter(key -> !KEYS.contains(key))
        .forEach(
            key -> wrong.add(new Wrong("/" + key, "unknown (expected: one of " + sorted() + ")")));
    boolean paused = flag("paused", lane.paused());
    int priority = whole("priority", lane.priority(), 0);
    int cap = body.containsKey("cap") && body.getValue("cap") == null
        ? LaneSpec.UNLIMITED
        : whole("cap", lane.cap(), 1);
    int min = whole("min", lane.min(), 0);
    int maxQueued = whole("maxQueued", lane.maxQueued(), 0);
    Duration patience = seconds("patience", lane.patience());
    if (min > cap) {
      wrong.add(new Wrong("/min", min + " (expected: at most the cap, which is " + cap + ")"));
    }
    return wrong.isEmpty()
        ? new LaneSpec(lane.name(), lane.live(), priority, min, cap, patience, maxQueued, paused)
        : null;
  }

  private boolean flag(String key, boolean now) {
    Object value = body.getValue(key, now);
    if (value instanceof Boolean flag) {
      return flag;
    }
    wrong.add(new Wrong("/" + key, value + " (expected: true or false)"));
    return now;
  }

  private int whole(String key, int now, int least) {
    Object value = body.getValue(key, now);
    if (value instanceof Integer number && number >= least) {
      return number;
    }
    wrong.add(new Wrong("/" + key, value + " (expected: a whole number, " + least + " or more)"));
    return now;
  }

  private Duration seconds(String key, Duration now) {
    Object value = body.getValue(key, now.toMillis() / 1000.0);
    if (value instanceof Number number
        && number.doubleValue() >= 0.001
        && number.doubleValue() <= 1e7) {
      return Duration.ofMillis((long) (number.doubleValue() * 1000));
    }
    wrong.add(new Wrong("/" + key, value + " (expected: seconds, above 0)"));
    return now;
  }

  private static String sorted() {
    return String.join(", ", KEYS.stream().sorted().toList());
  }
}
