package io.gradelane.sim.nodes;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How often each kind of fault was really met. */
public final class Encounters {

  enum Met {
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

  private final Map<Met, Long> counts = new EnumMap<>(Met.class);

  void met(Met what) {
    met(what, 1);
  }

  void met(Met what, long times) {
    counts.merge(what, times, Long::sum);
  }

  long count(Met what) {
    return counts.getOrDefault(what, 0L);
  }

  public synchronized void add(Encounters other) {
    other.counts.forEach((what, times) -> counts.merge(what, times, Long::sum));
  }

  /** One line: every kind with its count. */
  @Override
  public String toString() {
    return Arrays.stream(Met.values())
        .map(what -> what.name().toLowerCase(Locale.ROOT) + "=" + count(what))
        .collect(Collectors.joining(" "));
  }
}
