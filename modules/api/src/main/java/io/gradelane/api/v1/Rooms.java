package io.gradelane.api.v1;

import io.gradelane.api.access.KeyRing;
import io.gradelane.api.access.LaneBook;
import io.gradelane.api.access.Tenant;
import io.gradelane.api.contract.Contract;
import io.gradelane.api.hooks.HookRules;
import io.gradelane.api.journey.RunJourney;
import io.gradelane.api.operator.Keeper;
import io.gradelane.api.operator.Restoring;
import io.gradelane.api.servers.Languages;
import io.gradelane.cluster.Members;
import io.gradelane.cluster.ServerMap;
import io.gradelane.settings.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.List;

/** Puts the rooms of the interface behind one door. */
public final class Rooms {

  private static final List<Route> WATCHING = List.of(
      Route.elsewhere("GET", "/api/v1/events", Tenant.RUN),
      Route.elsewhere("GET", "/api/v1/ws", Tenant.RUN),
      Route.elsewhere("POST", "/api/v1/tickets", Tenant.RUN));

  private Rooms() {}

  /** @throws IllegalStateException if the rooms answer something else than the contract says */
  public static Interface open(
      Settings settings,
      Members members,
      KeyRing keys,
      ServerMap servers,
      Languages languages,
      Vertx vertx,
      RunJourney runs,
      JobRooms jobs,
      FleetRooms fleet) {
    String pool = settings.pool().name();
    String node = members.self().node();
    EventBus bus = vertx.eventBus();
    Dispatch dispatch = new Dispatch(bus, pool, node);
    List<Route> routes = new ArrayList<>();
    Keeper keeper = new Keeper(jobs.door(), pool);
    Restoring restoring = new Restoring(bus, keeper, servers, settings.pool().lanes(), pool, node);
    routes.addAll(new Servers(servers, languages, bus, keeper, restoring, pool, node).routes());
    routes.addAll(new Cluster(members, servers, dispatch, pool).routes());
    routes.addAll(fleet.routes(bus, pool, node));
    routes.addAll(new Lanes(dispatch, keeper, new LaneBook(settings.pool().lanes())).routes());
    routes.addAll(new Changes(keeper).routes());
    routes.addAll(new Waiting(dispatch, new RunLog(jobs.door(), jobs.clock())).routes());
    HookRules hooks = HookRules.of(settings.webhooks());
    routes.addAll(jobs.routes(vertx, settings, hooks, new Forecasting(dispatch, servers, runs)));
    routes.addAll(new HookRooms(jobs.door(), hooks).routes());
    routes.addAll(new RunGroups(runs, new LaneBook(settings.pool().lanes())).routes());
    routes.addAll(WATCHING);
    List<Bound> bound = Bound.all(Contract.ours(), routes);
    return new Interface(vertx, keys, bound, settings.http().maxBodyBytes());
  }
}
