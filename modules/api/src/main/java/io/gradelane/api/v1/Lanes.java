package io.gradelane.api.v1;

import io.gradelane.api.access.Tenant;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.PoolView.LaneView;
import io.gradelane.core.lane.VersionedLane;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** {@code /api/v1/lanes}: how they are, and the operator's word about them, which acts on the next grant. */
final class Lanes {

  private final Dispatch dispatch;

  Lanes(Dispatch dispatch) {
    this.dispatch = dispatch;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/lanes", Tenant.ADMIN, this::list),
        Route.of("GET", "/api/v1/lanes/:name", Tenant.ADMIN, this::one),
        Route.of("PATCH", "/api/v1/lanes/:name", Tenant.ADMIN, this::change));
  }

  private void list(Call call) {
    look(call, (lanes, view) -> {
      JsonArray all = new JsonArray();
      lanes.forEach(lane -> all.add(LaneJson.of(lane, of(view, lane.spec().name()))));
      call.answer(200, new JsonObject().put("lanes", all).put("pool", LaneJson.pool(view)));
    });
  }

  private void one(Call call) {
    look(
        call,
        (lanes, view) -> find(lanes, call.element("name"))
            .ifPresentOrElse(lane -> show(call, lane, view), () -> unknown(call)));
  }

  private void change(Call call) {
    Long seen = IfMatch.version(call);
    if (seen == null) {
      return;
    }
    look(
        call,
        (lanes, view) -> find(lanes, call.element("name"))
            .ifPresentOrElse(lane -> set(call, lane, seen, view), () -> unknown(call)));
  }

  private void set(Call call, VersionedLane lane, long seen, PoolView view) {
    long expected = seen == IfMatch.ANY ? lane.version() : seen;
    LaneChange.read(call, lane.spec())
        .ifPresent(spec -> dispatch.ask(call, new PoolQuestion.SetLane(spec, expected), answer -> {
          switch (answer) {
            case PoolAnswer.LaneSet set -> show(call, set.lane(), view);
            case PoolAnswer.Stale stale ->
              call.fail(new Problem(
                  412,
                  "stale",
                  "It has changed meanwhile: the entity tag is "
                      + IfMatch.etag(stale.current().version())));
            case PoolAnswer.NoSuchLane none -> unknown(call);
            default -> throw new IllegalStateException("unexpected answer " + answer);
          }
        }));
  }

  private static void show(Call call, VersionedLane lane, PoolView view) {
    call.exchange().put(HttpHeaders.ETAG, IfMatch.etag(lane.version()));
    call.answer(200, LaneJson.of(lane, of(view, lane.spec().name())));
  }

  /** What is set of the lanes, and how they are. */
  private void look(Call call, BiConsumer<List<VersionedLane>, PoolView> then) {
    dispatch.ask(
        call,
        new PoolQuestion.Lanes(),
        lanes -> dispatch.ask(
            call,
            new PoolQuestion.View(),
            view -> then.accept(
                ((PoolAnswer.AllLanes) lanes).lanes(), ((PoolAnswer.Viewed) view).view())));
  }

  private static Optional<VersionedLane> find(List<VersionedLane> lanes, String name) {
    return lanes.stream().filter(lane -> lane.spec().name().equals(name)).findFirst();
  }

  static Optional<LaneView> of(PoolView view, String name) {
    return view.lanes().stream().filter(lane -> lane.spec().name().equals(name)).findFirst();
  }

  private static void unknown(Call call) {
    call.fail(new Problem(404, "no_such_lane", "There is no lane '" + call.element("name") + "'"));
  }
}
