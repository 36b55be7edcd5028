package io.gradelane.api.v1;

import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.PoolView.LaneView;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.lane.VersionedLane;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Lanes as JSON. Times are in seconds, an unlimited cap is null. */
final class LaneJson {

  private LaneJson() {}

  static JsonObject of(VersionedLane lane, Optional<LaneView> view) {
    LaneSpec spec = lane.spec();
    return new JsonObject()
        .put("name", spec.name())
        .put("live", spec.live())
        .put("paused", spec.paused())
        .put(
            "pausedByWindow", !spec.paused() && view.map(v -> v.spec().paused()).orElse(false))
        .put("priority", spec.priority())
        .put("min", spec.min())
        .put("cap", spec.cap() == LaneSpec.UNLIMITED ? null : spec.cap())
        .put("patience", spec.patience().toMillis() / 1000.0)
        .put("maxQueued", spec.maxQueued())
        .put("depth", view.map(LaneView::depth).orElse(0))
        .put("inUse", view.map(LaneView::inUse).orElse(0))
        .put("oldestAge", view.map(LaneView::oldestMillis).orElse(0L) / 1000.0)
        .put("version", lane.version());
  }

  static JsonObject pool(PoolView view) {
    var counters = view.counters();
    return new JsonObject()
        .put("slots", view.slots())
        .put("reserve", view.reserve())
        .put("liveDemand", view.liveDemand())
        .put("quarantined", view.quarantined())
        .put(
            "verdicts",
            new JsonObject()
                .put("doubted", counters.doubted())
                .put("believed", counters.believed())
                .put("rerun", counters.rerunQuiet())
                .put("refused", counters.unlooked()));
  }
}
