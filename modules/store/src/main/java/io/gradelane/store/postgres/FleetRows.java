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
import io.gradelane.store.fleet.HostWrite;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Hosts and their rows. */
final class FleetRows {

  private FleetRows() {}

  /** The parameters of {@code fleet_hosts_write}. */
  static Object[] write(long fence, List<HostWrite> rows) {
    return new Object[] {
      fence,
      Columns.texts(rows, row -> row.id().value()),
      Columns.texts(rows, row -> Texts.storable(row.after().ref())),
      Columns.texts(rows, row -> Texts.storable(row.after().address())),
      Columns.times(rows, row -> row.after().created()),
      Columns.texts(rows, row -> row.after().state().word()),
      Columns.times(rows, row -> row.after().state().since()),
      Columns.texts(rows, row -> Texts.storable(row.after().state().reason())),
      Columns.texts(rows, row -> drainedBy(row.after().state())),
      Columns.texts(rows, row -> began(row.after().began()).encode()),
      Columns.longs(rows, row -> row.after().version()),
      Columns.longs(rows, HostWrite::expected)
    };
  }

  static Set<HostId> ids(String[] ids) {
    return Arrays.stream(ids).map(HostId::new).collect(Collectors.toUnmodifiableSet());
  }

  private static @Nullable String drainedBy(HostState state) {
    return state instanceof Draining draining ? draining.by().word() : null;
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
