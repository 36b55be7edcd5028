package io.gradelane.core.dispatch;

import io.gradelane.core.dispatch.PoolView.LaneView;

/** How many slots one lane may have, as its pool is at one moment. */
public final class LaneRoom {

  private LaneRoom() {}

  /**
   * Without those that are kept for others: of a lane that is not live the reserve, of a live one what lanes of a higher
   * priority use.
   */
  public static int slots(PoolView view, String lane) {
    return view.lanes().stream()
        .filter(each -> each.spec().name().equals(lane))
        .findFirst()
        .map(each -> slots(view, each))
        .orElse(0);
  }

  private static int slots(PoolView view, LaneView lane) {
    if (view.slots() < 1 || lane.spec().paused()) {
      return 0;
    }
    int taken = lane.spec().live() ? usedBefore(view, lane) : view.reserve();
    int left = Math.max(1, view.slots() - taken);
    return Math.min(left, lane.spec().cap());
  }

  private static int usedBefore(PoolView view, LaneView lane) {
    return view.lanes().stream()
        .filter(each -> each.spec().priority() > lane.spec().priority())
        .mapToInt(LaneView::inUse)
        .sum();
  }
}
