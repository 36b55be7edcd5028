package io.gradelane.core.dispatch;

import io.gradelane.core.lane.LaneSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lanes of the pool in order of priority, and what they have in all. */
final class Lanes {

  private static final Comparator<Lane> ORDER = Comparator.<Lane>comparingInt(
          lane -> -lane.spec.priority())
      .thenComparing(lane -> lane.spec.name());

  final Lane probes;
  private final Map<String, Lane> byName = new HashMap<>();
  private Lane[] ordered = new Lane[0];

  /** Slots in use by live lanes; those of lost permits included until their deadline. */
  int liveDemand;

  /** Runs waiting in lanes that are not live. */
  int bulkWaiting;

  /** Runs waiting in live lanes. */
  int liveWaiting;

  Lanes(List<LaneSpec> specs) {
    LaneSpec spec = new LaneSpec(
        Want.PROBE_LANE,
        true,
        Integer.MAX_VALUE,
        0,
        LaneSpec.UNLIMITED,
        Duration.ofDays(36_500),
        Integer.MAX_VALUE,
        false);
    probes = new Lane(spec, true);
    byName.put(spec.name(), probes);
    for (LaneSpec lane : specs) {
      put(lane);
    }
  }

  /** Adds or adjusts a lane; returns it. */
  Lane put(LaneSpec spec) {
    Lane lane = byName.get(spec.name());
    if (lane == probes) {
      throw new IllegalArgumentException(
          "lane " + spec.name() + " (expected: another name, this is the probe runs')");
    }
    if (lane == null) {
      lane = new Lane(spec, false);
      byName.put(spec.name(), lane);
      ordered = Arrays.copyOf(ordered, ordered.length + 1);
      ordered[ordered.length - 1] = lane;
    }
    lane.spec = spec;
    Arrays.sort(ordered, ORDER);
    recount();
    return lane;
  }

  /** The lane that {@code want} names and may use. */
  @Nullable
  Lane of(Want want) {
    Lane lane = byName.get(want.lane());
    return lane == probes && want.pinned() == null ? null : lane;
  }

  @Nullable
  Lane named(String name) {
    return byName.get(name);
  }

  /** By priority, the highest first, without the probes'. */
  Lane[] ordered() {
    return ordered;
  }

  void waits(Lane lane, int change) {
    lane.waiting += change;
    if (lane.countsAsLive()) {
      liveWaiting += change;
    } else if (lane.bulk()) {
      bulkWaiting += change;
    }
  }

  /** One that waited has its permit. */
  void starts(Lane lane) {
    waits(lane, -1);
    uses(lane, 1);
  }

  void uses(Lane lane, int change) {
    lane.inUse += change;
    if (lane.countsAsLive()) {
      liveDemand += change;
    }
  }

  void forgetIdle(long time) {
    probes.forgetIdle(time);
    for (Lane lane : ordered) {
      lane.forgetIdle(time);
    }
  }

  private void recount() {
    liveDemand = 0;
    liveWaiting = 0;
    bulkWaiting = 0;
    for (Lane lane : ordered) {
      if (lane.live()) {
        liveDemand += lane.inUse;
        liveWaiting += lane.waiting;
      } else {
        bulkWaiting += lane.waiting;
      }
    }
  }
}
