package io.gradelane.bus;

import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.lane.VersionedLane;
import io.gradelane.core.run.RunId;
import java.util.List;

/** What may be asked of a pool's dispatcher; each is answered by a {@link PoolAnswer}. */
public sealed interface PoolQuestion {

  /** Why does this run wait? */
  record WhyWaiting(RunId run) implements PoolQuestion {}

  /** Which runs have waited longest? At most so many. */
  record LongestWaiting(int most) implements PoolQuestion {}

  /** How is everything? */
  record View() implements PoolQuestion {}

  /** Which lanes are there, with what settings? */
  record Lanes() implements PoolQuestion {}

  /**
   * Sets a lane; acts on the next grant.
   *
   * @param expectedVersion the version that the asker has seen; another one answers {@link PoolAnswer.Stale}
   */
  record SetLane(LaneSpec spec, long expectedVersion) implements PoolQuestion {}

  /**
   * What operators set before everybody was stopped, as it was kept: the pool learns what it does not know later.
   * Answered by {@link PoolAnswer.AllLanes}.
   */
  record RestoreLanes(List<VersionedLane> lanes) implements PoolQuestion {
    public RestoreLanes {
      lanes = List.copyOf(lanes);
    }
  }

  /** Who dispatches, as far as this very node knows? */
  record WhoOwns() implements PoolQuestion {}
}
