package io.gradelane.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How often each kind of fault and edge was really met. */
final class Coverage {

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

  private final Map<Met, Long> counts = new EnumMap<>(Met.class);

  void met(Met what) {
    counts.merge(what, 1L, Long::sum);
  }

  void met(Met what, long times) {
    counts.merge(what, times, Long::sum);
  }

  long count(Met what) {
    return counts.getOrDefault(what, 0L);
  }

  synchronized void add(Coverage other) {
    other.counts.forEach((what, times) -> counts.merge(what, times, Long::sum));
  }

  /** One line: every kind with its count. */
  @Override
  public String toString() {
    return java.util.Arrays.stream(Met.values())
        .map(what -> what.name().toLowerCase(java.util.Locale.ROOT) + "=" + count(what))
        .collect(Collectors.joining(" "));
  }
}
