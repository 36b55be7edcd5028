package io.gradelane.api.v1;

import io.gradelane.bus.HealthCommand;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
  static Optional<HealthCommand> read(Call call) {
    String ifMatch = call.exchange().header(HttpHeaders.IF_MATCH);
    if (ifMatch == null) {
      call.fail(new Problem(
          428,
          "precondition_required",
          "If-Match is missing: name the entity" + " tag that you have seen, or *"));
      return Optional.empty();
    }
    Long version = version(ifMatch.strip());
    if (version == null) {
      call.fail(new Problem(412, "stale", "If-Match: " + ifMatch + " is no entity tag of ours"));
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

  private static @Nullable Long version(String tag) {
    if (tag.equals("*")) {
      return HealthCommand.ANY_VERSION;
    }
    boolean quoted = tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"");
    try {
      return quoted ? Long.valueOf(tag.substring(1, tag.length() - 1)) : null;
    } catch (NumberFormatException foreign) {
      return null;
    }
  }

  private HealthCommand command() {
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
