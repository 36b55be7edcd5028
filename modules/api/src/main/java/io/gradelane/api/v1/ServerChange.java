package io.gradelane.api.v1;

import io.gradelane.bus.HealthCommand;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Reads the body of {@code PATCH /api/v1/servers/{id}}: one of {@code {"drain": true|false}}, {@code {"weight": 2.0}}
 * and {@code {"slots": 8, "cores": 4}}. One change at a time, so that each either happens or doesn't.
 */
final class ServerChange {

  private final String server;
  private final long version;
  private final JsonObject body;

  private ServerChange(String server, long version, JsonObject body) {
    this.server = server;
    this.version = version;
    this.body = body;
  }

  /** Empty after an answer that says what is wrong. */
  static Optional<HealthCommand.Change> read(Call call) {
    Long version = IfMatch.version(call);
    if (version == null) {
      return Optional.empty();
    }
    try {
      JsonObject body = new JsonObject(call.body());
      return Optional.of(new ServerChange(call.element("id"), version, body).command());
    } catch (DecodeException | ClassCastException malformed) {
      call.fail(new Problem(400, "malformed", "The body is not a JSON object of the right types"));
    } catch (IllegalArgumentException wrong) {
      call.fail(Problem.invalid("", String.valueOf(wrong.getMessage())));
    }
    return Optional.empty();
  }

  private HealthCommand.Change command() {
    Boolean drain = body.getBoolean("drain");
    Double weight = body.getDouble("weight");
    Integer slots = body.getInteger("slots");
    int wishes = (drain == null ? 0 : 1) + (weight == null ? 0 : 1) + (slots == null ? 0 : 1);
    if (wishes != 1) {
      throw new IllegalArgumentException(
          wishes + " changes (expected: one of drain, weight, slots)");
    }
    if (drain != null) {
      return drain
          ? new HealthCommand.Drain(server, version)
          : new HealthCommand.Undrain(server, version);
    }
    return weight != null
        ? new HealthCommand.SetWeight(server, version, weight)
        : new HealthCommand.SetSlots(
            server, version, slots == null ? 0 : slots, body.getInteger("cores"));
  }
}
