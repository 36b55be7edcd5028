package io.gradelane.core.dispatch;

import io.gradelane.core.lane.LaneSpec;
import java.time.Duration;
import java.util.List;

/**
 * What is configured of a pool's dispatcher.
 *
 * @param lanes at least one; the lane of probe runs is not among them, it is always there
 * @param reserveFloor least slots kept free of lanes that are not live, 0 or more
 * @param retryRatio retries allowed per grant, 0 to 1
 * @param demandWindow over which the live lanes' demand is averaged before its greatest value of the last 15 minutes
 *     decides about the reserve; zero for the greatest momentary value. See {@link Reserve} for what that costs
 * @param quietShare most slot time, 0 to 1, that may go into second looks at doubtful verdicts
 * @param allocation which server gets a run that has been on none of them before
 */
public record PoolRules(
    List<LaneSpec> lanes,
    int reserveFloor,
    double retryRatio,
    Duration demandWindow,
    double quietShare,
    Allocation allocation) {

  /** {@code demandWindow} unless somebody says otherwise. */
  public static final Duration DEMAND_WINDOW = Duration.ofMinutes(3);

  /** {@code quietShare} unless somebody says otherwise. */
  public static final double QUIET_SHARE = 0.1;

  public PoolRules {
    lanes = List.copyOf(lanes);
    if (reserveFloor < 0
        || !(retryRatio >= 0 && retryRatio <= 1)
        || demandWindow.isNegative()
        || !(quietShare >= 0 && quietShare <= 1)) {
      throw new IllegalArgumentException("pool: reserveFloor " + reserveFloor + ", retryRatio "
          + retryRatio + ", demandWindow " + demandWindow + ", quietShare " + quietShare
          + " (expected: reserveFloor >= 0, demandWindow not negative, the others 0 to 1)");
    }
  }

  public PoolRules(
      List<LaneSpec> lanes,
      int reserveFloor,
      double retryRatio,
      Duration demandWindow,
      double quietShare) {
    this(lanes, reserveFloor, retryRatio, demandWindow, quietShare, Allocation.LEAST_LOADED);
  }

  public PoolRules(List<LaneSpec> lanes, int reserveFloor, double retryRatio) {
    this(lanes, reserveFloor, retryRatio, DEMAND_WINDOW, QUIET_SHARE);
  }

  public PoolRules with(Allocation other) {
    return new PoolRules(lanes, reserveFloor, retryRatio, demandWindow, quietShare, other);
  }
}
