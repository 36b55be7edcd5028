package io.gradelane.sim;

/** How often each kind of fault and edge was really met. */
final class Coverage extends Tally<Coverage.Met> {

  enum Met {
    SEEDS,
    EVENTS,
    ONE_SERVER_TWO_SLOTS,
    ONE_SLOT,
    ONLY_BULK,
    ONLY_LIVE,
    ONE_TENANT,
    FAIR_SHARES,
    GRANTS,
    BURST,
    DIED,
    FROZE,
    STORM,
    REFUSED_BY_SERVER,
    CAME_BACK,
    WARMED,
    REMOVED,
    DRAINED,
    SLOTS_CHANGED,
    CAP_CHANGED,
    PAUSED,
    PRIORITY_CHANGED,
    PATIENCE_CHANGED,
    SIDE_CHANGED,
    FLOOR_CHANGED,
    TENANT_CHANGED,
    CANCELLED_WAITING,
    CANCELLED_RUNNING,
    REPEATED_WANT,
    REPEATED_DONE,
    SUPERSEDED,
    UNUSED,
    RETRIED,
    LOST,
    DOUBTED,
    BELIEVED,
    QUIET_GRANTED,
    SERVER_SET_ASIDE,
    QUIET_BUDGET_SPENT,
    RETRY_BUDGET_SPENT,
    PATIENCE_ENDED,
    TOO_LATE_ON_ARRIVAL,
    LANE_FULL,
    TENANT_LIMIT,
    NO_SERVER,
    PROBED,
    PROBED_WHILE_DOWN,
    BULK_OWED,
    BELOW_MIN_FIRST,
    HELD_BY_RESERVE
  }

  Coverage() {
    super(Met.class);
  }
}
