package io.gradelane.api.v1;

import io.gradelane.api.access.LaneBook;
import io.gradelane.api.v1.Problem.Wrong;
import io.gradelane.core.job.BatchControl;
import io.gradelane.store.jobs.Batch;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PATCH /api/v1/batches/…}: any of {@code lane}, {@code priority}, {@code paused}, {@code sample} (null
 * for all) and {@code "cancelled": true}.
 */
final class Steering {

  private static final String KEYS = "lane, priority, paused, sample or cancelled";

  private final Call call;
  private final LaneBook lanes;
  private final List<Wrong> wrong = new ArrayList<>();

  private Steering(Call call, LaneBook lanes) {
    this.call = call;
    this.lanes = lanes;
  }

  /** The control with all of it changed; empty after an answer that says why not. */
  static Optional<BatchControl> read(Call call, Batch batch, LaneBook lanes) {
    if (batch.control().cancelled() || batch.endedAt() != null) {
      String state = batch.control().cancelled() ? "is cancelled" : "has ended";
      call.fail(new Problem(409, "over", "The batch " + state + ": nothing of it can be changed"));
      return Optional.empty();
    }
    return new Steering(call, lanes).read(batch.control());
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
        value instanceof Integer priority && Math.abs(priority) <= 1000
            ? control.withPriority(priority)
            : wrong(control, key, value, "a whole number from -1000 to 1000");
      case "paused" ->
        value instanceof Boolean pause
            ? pause ? control.pause("by " + call.tenant().name()) : control.resume()
            : wrong(control, key, value, "true or false");
      case "sample" -> sample(control, value);
      default -> wrong(control, key, "unknown", KEYS);
    };
  }

  private BatchControl lane(BatchControl control, @Nullable Object value) {
    return value instanceof String name
            && lanes.find(name) != null
            && call.tenant().mayUse(name)
        ? control.toLane(name)
        : wrong(control, "lane", value, "a lane of this pool that the key may use");
  }

  private BatchControl sample(BatchControl control, @Nullable Object value) {
    if (value == null) {
      return control.runAll();
    }
    return value instanceof Integer jobs && jobs > 0
        ? control.sample(jobs)
        : wrong(control, "sample", value, "a whole number above zero, or null for all");
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
