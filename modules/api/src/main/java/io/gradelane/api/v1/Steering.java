package io.gradelane.api.v1;

import io.gradelane.api.access.LaneBook;
import io.gradelane.api.submit.Controls;
import io.gradelane.api.v1.Problem.Wrong;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.StopRule;
import io.gradelane.store.jobs.Batch;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PATCH /api/v1/batches/…}: any of {@code lane}, {@code priority}, {@code paused}, {@code sample} (null
 * for all), {@code notBefore} (null for at once), {@code stopPercent} (null for never) and {@code "cancelled": true}.
 */
final class Steering {

  private static final String KEYS =
      "lane, priority, paused, sample, notBefore, stopPercent or cancelled";

  private final Call call;
  private final LaneBook lanes;
  private final Instant now;
  private final List<Wrong> wrong = new ArrayList<>();

  private Steering(Call call, LaneBook lanes, Instant now) {
    this.call = call;
    this.lanes = lanes;
    this.now = now;
  }

  /** The control with all of it changed; empty after an answer that says why not. */
  static Optional<BatchControl> read(Call call, Batch batch, LaneBook lanes, Instant now) {
    if (batch.control().cancelled() || batch.endedAt() != null) {
      String state = batch.control().cancelled() ? "is cancelled" : "has ended";
      call.fail(new Problem(409, "over", "The batch " + state + ": nothing of it can be changed"));
      return Optional.empty();
    }
    return new Steering(call, lanes, now).read(batch.control());
  }

  private Optional<BatchControl> read(BatchControl before) {
    JsonObject body;
    try {
      body = new JsonObject(call.body());
    } catch (DecodeException | ClassCastException malformed) {
      call.fail(new Problem(400, "malformed", "The body is not a JSON object"));
      return Optional.empty();
    }
    BatchControl next = before;
    for (Map.Entry<String, @Nullable Object> entry : body.getMap().entrySet()) {
      if (!entry.getKey().equals("cancelled")) {
        next = change(next, entry.getKey(), entry.getValue());
      }
    }
    if (body.containsKey("cancelled")) {
      next = cancel(next, body.getValue("cancelled"));
    }
    if (wrong.isEmpty()) {
      return Optional.of(next);
    }
    call.fail(new Problem(422, "invalid", "The body is not as expected", wrong));
    return Optional.empty();
  }

  private BatchControl change(BatchControl control, String key, @Nullable Object value) {
    return switch (key) {
      case "lane" -> lane(control, value);
      case "priority" ->
        value instanceof Integer priority
                && priority >= Controls.LEAST_PRIORITY
                && priority <= Controls.MOST_PRIORITY
            ? control.withPriority(priority)
            : wrong(control, key, value, "a whole number from -1000 to 1000");
      case "paused" ->
        value instanceof Boolean pause
            ? pause ? control.pause("by " + call.tenant().name()) : control.resume()
            : wrong(control, key, value, "true or false");
      case "sample" -> sample(control, value);
      case "notBefore" -> notBefore(control, value);
      case "stopPercent" -> stop(control, value);
      default -> wrong(control, key, "unknown", KEYS);
    };
  }

  private BatchControl lane(BatchControl control, @Nullable Object value) {
    return value instanceof String name
            && lanes.find(name) != null
            && call.tenant().mayUse(name)
        ? control.toLane(name)
        : wrong(control, "lane", value, lanes.words(call.tenant()));
  }

  private BatchControl sample(BatchControl control, @Nullable Object value) {
    if (value == null) {
      return control.runAll();
    }
    return value instanceof Integer jobs && jobs > 0
        ? control.sample(jobs)
        : wrong(control, "sample", value, "a whole number above zero, or null for all");
  }

  private BatchControl notBefore(BatchControl control, @Nullable Object value) {
    Instant time = value == null ? null : Controls.time(value, now);
    return value == null || time != null
        ? control.startAt(time)
        : wrong(control, "notBefore", value, Controls.A_TIME + ", or null for at once");
  }

  private BatchControl stop(BatchControl control, @Nullable Object value) {
    if (value == null) {
      return control.withStop(null);
    }
    return value instanceof Integer percent && percent >= 0 && percent <= 99
        ? control.withStop(new StopRule(percent))
        : wrong(control, "stopPercent", value, "a whole number from 0 to 99, or null for never");
  }

  private BatchControl cancel(BatchControl control, @Nullable Object value) {
    return Boolean.TRUE.equals(value)
        ? control.cancel()
        : wrong(control, "cancelled", value, "true: it can't be taken back");
  }

  private BatchControl wrong(
      BatchControl control, String key, @Nullable Object value, String expected) {
    wrong.add(new Wrong("/" + key, value + " (expected: " + expected + ")"));
    return control;
  }
}
