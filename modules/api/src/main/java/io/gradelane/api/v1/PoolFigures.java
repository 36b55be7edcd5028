package io.gradelane.api.v1;

import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.cluster.ServerMap;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.lane.VersionedLane;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What {@code /api/v1/lanes} and {@code /api/v1/servers} say now, for those who watch it. */
public final class PoolFigures {

  private final Dispatch dispatch;
  private final ServerMap servers;

  public PoolFigures(EventBus bus, String pool, String node, ServerMap servers) {
    dispatch = new Dispatch(bus, pool, node);
    this.servers = servers;
  }

  /** {@code lanes}, {@code pool} and {@code servers}; fails if nobody who dispatches answers. */
  public Future<JsonObject> read() {
    return dispatch
        .ask(new PoolQuestion.Lanes())
        .compose(lanes -> dispatch
            .ask(new PoolQuestion.View())
            .map(view ->
                json(((PoolAnswer.AllLanes) lanes).lanes(), ((PoolAnswer.Viewed) view).view())));
  }

  private JsonObject json(List<VersionedLane> lanes, PoolView view) {
    JsonArray all = new JsonArray();
    lanes.forEach(lane -> all.add(LaneJson.of(lane, Lanes.of(view, lane.spec().name()))));
    return new JsonObject()
        .put("lanes", all)
        .put("pool", LaneJson.pool(view))
        .put("servers", ServerJson.list(servers.snapshot().values(), Optional.empty()));
  }
}
