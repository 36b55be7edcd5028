package io.gradelane.api.v1;

import io.gradelane.api.operator.Kept;
import io.gradelane.api.operator.ServerValues;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** Servers as JSON. Never their keys. */
final class ServerJson {

  private ServerJson() {}

  static JsonArray list(Collection<ServerEntry> servers, Optional<Kept> kept) {
    JsonArray list = new JsonArray();
    servers.forEach(server -> list.add(of(server, kept)));
    return list;
  }

  /** @param kept of what operators have said; empty if nobody knows */
  static JsonObject of(ServerEntry server, Optional<Kept> kept) {
    return new JsonObject()
        .put("id", server.id())
        .put("url", server.spec().url().toString())
        .put("state", server.state().word())
        .put("since", server.state().since().toString())
        .put("cause", cause(server.state()))
        .put("slots", server.spec().slots())
        .put("cores", server.spec().cores())
        .put("weight", server.spec().weight())
        .put("labels", new JsonObject(new TreeMap<>(server.spec().labels())))
        .put("languages", new JsonObject(new TreeMap<>(server.languages())))
        .put("version", server.version())
        .put(
            "settings",
            SettingsJson.of(
                ServerValues.subject(server.id()),
                ServerValues.said(server.said()),
                ServerValues.configured(server.configured()),
                kept));
  }

  private static String cause(ServerState state) {
    return switch (state) {
      case ServerState.Suspect suspect -> suspect.cause();
      case ServerState.Down down -> down.cause();
      default -> "";
    };
  }
}
