package io.gradelane.api.v1;

import io.gradelane.api.access.KeyRing;
import io.gradelane.api.servers.Languages;
import io.gradelane.cluster.ServerMap;
import io.gradelane.settings.Settings;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.List;

/** Puts the rooms of the interface behind one door. */
public final class Rooms {

  private Rooms() {}

  public static Interface open(
      Settings settings, KeyRing keys, ServerMap servers, Languages languages, EventBus bus) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new Servers(servers, languages, bus, settings.pool().name()).routes());
    return new Interface(keys, routes, settings.http().maxBodyBytes());
  }
}
