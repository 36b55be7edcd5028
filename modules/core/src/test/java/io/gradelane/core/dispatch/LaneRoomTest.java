package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.dispatch.PoolView.Counters;
import io.gradelane.core.dispatch.PoolView.LaneView;
import io.gradelane.core.lane.LaneSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneRoomTest {

  private static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  @Test
  void aLaneThatIsNotLiveLeavesTheReserveAlone() {
    assertThat(LaneRoom.slots(view(16, 4, LaneSpec.UNLIMITED, false), "bulk")).isEqualTo(12);
    assertThat(LaneRoom.slots(view(1, 0, LaneSpec.UNLIMITED, false), "bulk")).isEqualTo(1);
  }

  @Test
  void aLiveLaneWaitsForThoseOfAHigherPriority() {
    assertThat(LaneRoom.slots(view(16, 4, LaneSpec.UNLIMITED, false), "default"))
        .isEqualTo(13);
    assertThat(LaneRoom.slots(view(16, 4, LaneSpec.UNLIMITED, false), "exam")).isEqualTo(16);
  }

  @Test
  void aCapIsACapAndAPauseIsAPause() {
    assertThat(LaneRoom.slots(view(16, 4, 3, false), "bulk")).isEqualTo(3);
    assertThat(LaneRoom.slots(view(16, 4, 3, true), "bulk")).isZero();
  }

  @Test
  void withoutSlotsOrWithoutTheLaneThereIsNone() {
    assertThat(LaneRoom.slots(view(0, 0, 3, false), "bulk")).isZero();
    assertThat(LaneRoom.slots(view(16, 4, 3, false), "nowhere")).isZero();
  }

  /** Three runs of exam are under way. */
  private static PoolView view(int slots, int reserve, int cap, boolean paused) {
    List<LaneView> lanes = List.of(
        new LaneView(lane("exam", true, 40, LaneSpec.UNLIMITED, false), 0, 0, 3),
        new LaneView(lane("default", true, 20, LaneSpec.UNLIMITED, false), 0, 0, 2),
        new LaneView(lane("bulk", false, 10, cap, paused), 0, 0, 1));
    return new PoolView(lanes, List.of(), slots, 0, reserve, 0, NONE);
  }

  private static LaneSpec lane(String name, boolean live, int priority, int cap, boolean paused) {
    return new LaneSpec(name, live, priority, 0, cap, Duration.ofMinutes(1), 1000, paused);
  }
}
