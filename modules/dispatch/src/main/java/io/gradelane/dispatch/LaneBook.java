package io.gradelane.dispatch;

import io.gradelane.bus.PoolAnswer;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.lane.VersionedLane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lanes of a pool with their versions, so that two operators can't overwrite each other unseen. */
final class LaneBook {

  private final Map<String, VersionedLane> lanes = new LinkedHashMap<>();

  LaneBook(List<LaneSpec> specs) {
    specs.forEach(spec -> lanes.put(spec.name(), new VersionedLane(spec, 1)));
  }

  Set<String> names() {
    return lanes.keySet();
  }

  List<LaneSpec> specs() {
    return lanes.values().stream().map(VersionedLane::spec).toList();
  }

  PoolAnswer all() {
    return new PoolAnswer.AllLanes(new ArrayList<>(lanes.values()));
  }

  /** Sets a lane that exists, if its version is still the one that the operator saw. */
  PoolAnswer set(LaneSpec spec, long expectedVersion) {
    @Nullable VersionedLane current = lanes.get(spec.name());
    if (current == null) {
      return new PoolAnswer.NoSuchLane(spec.name());
    }
    if (current.version() != expectedVersion) {
      return new PoolAnswer.Stale(current);
    }
    VersionedLane next = new VersionedLane(spec, current.version() + 1);
    lanes.put(spec.name(), next);
    return new PoolAnswer.LaneSet(next);
  }
}
