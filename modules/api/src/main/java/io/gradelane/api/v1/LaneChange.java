package io.gradelane.api.v1;

import io.gradelane.core.lane.LaneSpec;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * The body of {@code PATCH /api/v1/lanes/{name}}, of which the contract holds already: any of {@code paused}, {@code
 * priority}, {@code min}, {@code cap} (null for none), {@code patience} (seconds) and {@code maxQueued}; what is left out
 * stays.
 */
final class LaneChange {

  private final JsonObject body;
  private final LaneSpec lane;

  private LaneChange(JsonObject body, LaneSpec lane) {
    this.body = body;
    this.lane = lane;
  }

  /** Empty after an answer that says what is wrong. */
  static Optional<LaneSpec> read(Call call, LaneSpec lane) {
    LaneChange change = new LaneChange(new JsonObject(call.body()), lane);
    int min = change.whole("min", lane.min());
    int cap = change.cap();
    if (min > cap) {
      call.fail(
          Problem.invalid("/min", min + " (expected: at most the cap, which is " + cap + ")"));
      return Optional.empty();
    }
    return Optional.of(change.of(min, cap));
  }

  private LaneSpec of(int min, int cap) {
    return new LaneSpec(
        lane.name(),
        lane.live(),
        whole("priority", lane.priority()),
        min,
        cap,
        patience(),
        whole("maxQueued", lane.maxQueued()),
        body.getBoolean("paused", lane.paused()));
  }

  private int cap() {
    boolean none = body.containsKey("cap") && body.getValue("cap") == null;
    return none ? LaneSpec.UNLIMITED : whole("cap", lane.cap());
  }

  private int whole(String key, int now) {
    return body.getInteger(key, now);
  }

  private Duration patience() {
    Double seconds = body.getDouble("patience");
    return seconds == null ? lane.patience() : Duration.ofMillis((long) (seconds * 1000));
  }
}
