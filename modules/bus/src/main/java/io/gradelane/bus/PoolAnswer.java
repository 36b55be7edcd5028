package io.gradelane.bus;

import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.Why;
import io.gradelane.core.lane.LaneSpec;
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

  /** @param version counts the changes from 1; the lane's ETag */
  record VersionedLane(LaneSpec spec, long version) {}
}
