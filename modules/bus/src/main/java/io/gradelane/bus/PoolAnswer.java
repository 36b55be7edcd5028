package io.gradelane.bus;

import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.Why;
import io.gradelane.core.lane.VersionedLane;
import java.util.List;

/** A dispatcher's answer to a {@link PoolQuestion}. */
public sealed interface PoolAnswer {

  /** @param why its lane is empty if no such run waits here */
  record Waiting(Why why) implements PoolAnswer {}

  record LongestWaiting(List<Why> runs) implements PoolAnswer {
    public LongestWaiting {
      runs = List.copyOf(runs);
    }
  }

  record Viewed(PoolView view) implements PoolAnswer {}

  record AllLanes(List<VersionedLane> lanes) implements PoolAnswer {
    public AllLanes {
      lanes = List.copyOf(lanes);
    }
  }

  record LaneSet(VersionedLane lane) implements PoolAnswer {}

  /** Somebody else was faster. */
  record Stale(VersionedLane current) implements PoolAnswer {}

  record NoSuchLane(String name) implements PoolAnswer {}

  /**
   * @param node whose dispatcher it is; empty if this node knows of none
   * @param term its number, 0 likewise
   * @param grants whether it grants; it does not while it takes over
   */
  record Owned(String node, long term, boolean grants) implements PoolAnswer {}
}
