package io.gradelane.api.v1;

import io.gradelane.bus.HealthCommand;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The body of {@code PATCH /api/v1/servers/{id}}, of which the contract holds already: one of {@code {"drain":
 * true|false}}, {@code {"weight": 2.0}} and {@code {"slots": 8, "cores": 4}}. One change at a time, so that each either
 * happens or doesn't.
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
    JsonObject body = new JsonObject(call.body());
    long wishes =
        Stream.of("drain", "weight", "slots").filter(body::containsKey).count();
    if (wishes != 1) {
      call.fail(Problem.invalid("", wishes + " changes (expected: one of drain, weight, slots)"));
      return Optional.empty();
    }
    return Optional.of(new ServerChange(call.element("id"), version, body).command());
  }

  private HealthCommand.Change command() {
    if (body.containsKey("drain")) {
      return body.getBoolean("drain")
          ? new HealthCommand.Drain(server, version)
          : new HealthCommand.Undrain(server, version);
    }
    return body.containsKey("weight")
        ? new HealthCommand.SetWeight(server, version, body.getDouble("weight"))
        : new HealthCommand.SetSlots(
            server, version, body.getInteger("slots"), body.getInteger("cores"));
  }
}
