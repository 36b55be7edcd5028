package io.gradelane.store.postgres;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState;
import io.gradelane.core.fleet.HostState.Draining;
import io.gradelane.core.fleet.HostState.Launching;
import io.gradelane.core.fleet.HostState.Ready;
import io.gradelane.core.fleet.HostState.Terminated;
import io.gradelane.core.fleet.HostState.Terminating;
import io.gradelane.core.fleet.HostState.Unhealthy;
import io.gradelane.core.fleet.Who;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hosts and their rows. */
final class FleetRows {

  private FleetRows() {}

  static Object[] insert(long fence, Host host) {
    return parameters(fence, host, 11);
  }

  static @Nullable Object[] replace(long fence, Host before, Host after) {
    @Nullable Object[] all = parameters(fence, after, 12);
    all[11] = before.version();
    return all;
  }

  private static @Nullable Object[] parameters(long fence, Host host, int count) {
    @Nullable Object[] all = new @Nullable Object[count];
    all[0] = fence;
    all[1] = host.id().value();
    all[2] = host.ref();
    all[3] = host.address();
    all[4] = PostgresFleetTable.time(host.created());
    all[5] = host.state().word();
    all[6] = PostgresFleetTable.time(host.state().since());
    all[7] = Texts.storable(host.state().reason());
    all[8] = host.state() instanceof Draining draining ? draining.by().word() : null;
    all[9] = began(host.began());
    all[10] = host.version();
    return all;
  }

  static Host host(Row row) {
    return new Host(
        new HostId(row.getString("id")),
        row.getString("ref"),
        row.getString("address"),
        row.getOffsetDateTime("created_at").toInstant(),
        state(row),
        began(row.getJsonObject("began")),
        row.getLong("version"));
  }

  private static HostState state(Row row) {
    Instant since = row.getOffsetDateTime("since").toInstant();
    String reason = row.getString("reason");
    String word = row.getString("state");
    return switch (word) {
      case "launching" -> new Launching(since, reason);
      case "ready" -> new Ready(since, reason);
      case "draining" -> new Draining(since, reason, who(row.getString("drained_by")));
      case "unhealthy" -> new Unhealthy(since, reason);
      case "terminating" -> new Terminating(since, reason);
      case "terminated" -> new Terminated(since, reason);
      default ->
        throw new IllegalStateException(
            "host in state " + word + " (expected: one of this version)");
    };
  }

  private static Who who(String word) {
    return Who.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static JsonObject began(Map<String, Instant> began) {
    JsonObject json = new JsonObject();
    began.forEach((state, at) -> json.put(state, at.toString()));
    return json;
  }

  private static Map<String, Instant> began(JsonObject json) {
    Map<String, Instant> began = new HashMap<>();
    json.fieldNames().forEach(state -> began.put(state, Instant.parse(json.getString(state))));
    return began;
  }
}
