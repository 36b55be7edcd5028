package io.gradelane.api.v1;

import io.gradelane.bus.FleetCommand;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Reads the body of {@code PATCH /api/v1/fleet/hosts/{id}}: {@code {"drain": true|false}} or {@code {"terminate": true}}. */
final class HostChange {

  private HostChange() {}

  /** Empty after an answer that says what is wrong. */
  static Optional<FleetCommand> read(Call call) {
    try {
      return Optional.of(command(call, new JsonObject(call.body())));
    } catch (DecodeException | ClassCastException malformed) {
      call.fail(new Problem(400, "malformed", "The body is not a JSON object of the right types"));
    } catch (IllegalArgumentException wrong) {
      call.fail(Problem.invalid("", String.valueOf(wrong.getMessage())));
    }
    return Optional.empty();
  }

  private static FleetCommand command(Call call, JsonObject body) {
    String host = call.element("host");
    String by = call.tenant().name();
    Boolean drain = body.getBoolean("drain");
    boolean terminate = Boolean.TRUE.equals(body.getBoolean("terminate"));
    if ((drain == null) != terminate) {
      throw new IllegalArgumentException(body.encode()
          + " (expected: one of {\"drain\": true}, {\"drain\": false} and {\"terminate\": true})");
    }
    if (drain == null) {
      return new FleetCommand.Terminate(host, by);
    }
    return drain ? new FleetCommand.Drain(host, by) : new FleetCommand.Undrain(host, by);
  }
}
