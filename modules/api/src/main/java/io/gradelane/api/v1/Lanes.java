package io.gradelane.api.v1;

import io.gradelane.api.access.LaneBook;
import io.gradelane.api.access.Tenant;
import io.gradelane.api.operator.Keeper;
import io.gradelane.api.operator.Kept;
import io.gradelane.api.operator.LaneValues;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.PoolView.LaneView;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.lane.VersionedLane;
import io.gradelane.store.operator.Saying;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/lanes}: how they are, and the operator's word about them, which acts on the next grant, is kept if there is
 * a database, and can be taken back.
 */
final class Lanes {

  private static final String LANE = "/api/v1/lanes/:name";

  private final Dispatch dispatch;
  private final Keeper keeper;
  private final LaneBook configured;

  /** What is set of the lanes, how they are, and what is kept of what was set. */
  private record Seen(List<VersionedLane> lanes, PoolView view, Optional<Kept> kept) {

    Optional<VersionedLane> find(String name) {
      return lanes.stream().filter(lane -> lane.spec().name().equals(name)).findFirst();
    }

    Optional<LaneView> viewOf(String name) {
      return Lanes.of(view, name);
    }
  }

  /** @param configured the lanes of this node's configuration */
  Lanes(Dispatch dispatch, Keeper keeper, LaneBook configured) {
    this.dispatch = dispatch;
    this.keeper = keeper;
    this.configured = configured;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/lanes", Tenant.ADMIN, this::list),
        Route.of("GET", LANE, Tenant.ADMIN, this::one),
        Route.of("PATCH", LANE, Tenant.ADMIN, this::change),
        Route.of("DELETE", LANE + "/settings", Tenant.ADMIN, this::reset));
  }

  private void list(Call call) {
    look(call, seen -> {
      JsonArray all = new JsonArray();
      seen.lanes().forEach(lane -> all.add(json(seen, lane)));
      call.answer(200, new JsonObject().put("lanes", all).put("pool", LaneJson.pool(seen.view())));
    });
  }

  private void one(Call call) {
    find(call, (seen, lane) -> {
      call.exchange().put(HttpHeaders.ETAG, IfMatch.etag(lane.version()));
      call.answer(200, json(seen, lane));
    });
  }

  private void change(Call call) {
    Long version = IfMatch.version(call);
    if (version != null) {
      find(
          call,
          (seen, lane) -> LaneChange.read(call, lane.spec())
              .ifPresent(next ->
                  set(call, lane, next, version, new JsonObject(call.body()).fieldNames())));
    }
  }

  private void reset(Call call) {
    Long version = IfMatch.version(call);
    if (version != null) {
      find(call, (seen, lane) -> set(call, lane, configured(lane), version, Set.of()));
    }
  }

  /** @param names those that are an operator's from now on; none of them if it is empty */
  private void set(Call call, VersionedLane lane, LaneSpec next, long version, Set<String> names) {
    long expected = version == IfMatch.ANY ? lane.version() : version;
    dispatch.ask(call, new PoolQuestion.SetLane(next, expected), answer -> {
      switch (answer) {
        case PoolAnswer.LaneSet set -> keep(call, set.lane(), names);
        case PoolAnswer.Stale stale ->
          call.fail(new Problem(
              412,
              "stale",
              "It has changed meanwhile: the entity tag is "
                  + IfMatch.etag(stale.current().version())));
        case PoolAnswer.NoSuchLane none -> unknown(call);
        default -> throw new IllegalStateException("unexpected answer " + answer);
      }
    });
  }

  private void keep(Call call, VersionedLane lane, Set<String> names) {
    Map<String, @Nullable Object> before = LaneValues.of(configured(lane));
    Map<String, @Nullable Object> holds = LaneValues.of(lane.spec());
    Saying saying = new Saying(
        LaneValues.subject(lane.spec().name()),
        lane.version(),
        call.tenant().name(),
        names.isEmpty()
            ? SettingsJson.values(before.keySet(), Map.of(), before)
            : SettingsJson.values(names, holds, before));
    keeper
        .keep(saying)
        .onSuccess(kept -> look(call, seen -> {
          call.exchange().put(HttpHeaders.ETAG, IfMatch.etag(lane.version()));
          call.answer(200, json(seen, lane).put("kept", kept));
        }));
  }

  private JsonObject json(Seen seen, VersionedLane lane) {
    String name = lane.spec().name();
    return LaneJson.of(lane, seen.viewOf(name))
        .put(
            "settings",
            SettingsJson.of(
                LaneValues.subject(name),
                LaneValues.of(lane.spec()),
                LaneValues.of(configured(lane)),
                seen.kept()));
  }

  /** Itself, if this node's configuration does not know it. */
  private LaneSpec configured(VersionedLane lane) {
    LaneSpec known = configured.find(lane.spec().name());
    return known == null ? lane.spec() : known;
  }

  private void find(Call call, BiConsumer<Seen, VersionedLane> then) {
    look(
        call,
        seen -> seen.find(call.element("name"))
            .ifPresentOrElse(lane -> then.accept(seen, lane), () -> unknown(call)));
  }

  private void look(Call call, Consumer<Seen> then) {
    dispatch.ask(
        call,
        new PoolQuestion.Lanes(),
        lanes -> dispatch.ask(
            call,
            new PoolQuestion.View(),
            view -> keeper
                .kept()
                .onSuccess(kept -> then.accept(new Seen(
                    ((PoolAnswer.AllLanes) lanes).lanes(),
                    ((PoolAnswer.Viewed) view).view(),
                    kept)))));
  }

  static Optional<LaneView> of(PoolView view, String name) {
    return view.lanes().stream().filter(lane -> lane.spec().name().equals(name)).findFirst();
  }

  private static void unknown(Call call) {
    call.fail(new Problem(404, "no_such_lane", "There is no lane '" + call.element("name") + "'"));
  }
}
