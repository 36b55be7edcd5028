package io.gradelane.sim.nodes;

import io.gradelane.sim.Tally;

/** How often each kind of fault was really met. */
public final class Encounters extends Tally<Encounters.Met> {

  public enum Met {
    SEEDS,
    EVENTS,
    MESSAGES,
    CODED,
    LOST,
    LATE,
    DOUBLED,
    CUT,
    GRANTS,
    GRANTS_ACROSS,
    STALE_GRANT_REFUSED,
    CANCELLED,
    RUN_LOST,
    RUN_REFUSED,
    DOUBTED,
    BELIEVED,
    RETRIED,
    KILLED_OWNER,
    KILLED_FOLLOWER,
    FROZE_OWNER,
    FROZE_FOLLOWER,
    CLOCK_STOOD_STILL,
    LEFT_OWNER,
    LEFT_FOLLOWER,
    JOINED,
    SPLIT,
    MERGED,
    TWO_OWNERS,
    TOOK_OVER,
    STEPPED_DOWN,
    PART_OF_SLOTS,
    DIFFERED,
    ISOLATED,
    ABOVE_SLOTS,
    LANE_CHANGED
  }

  public Encounters() {
    super(Met.class);
  }
}
