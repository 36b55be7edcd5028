package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.run.RunId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LaneOrderTest {

  @Test
  void aHigherLaneGoesFirst() {
    Pool pool = new Pool(Pool.LIVE, Pool.EXAM).server("a", 1);
    RunId first = pool.want("live");
    RunId live = pool.want("live");
    RunId exam = pool.want("exam");
    pool.done(first);
    pool.done(exam);

    assertThat(pool.order()).containsExactly(first, exam, live);
  }

  @Test
  void aCapHoldsUntilItIsRaised() {
    Pool pool = new Pool(with(Pool.EXAM, 0, 2, false)).server("a", 4);
    pool.want(4, "exam");
    assertThat(pool.inUse("exam")).isEqualTo(2);

    pool.dispatcher.lane(with(Pool.EXAM, 0, 3, false), pool.now);
    pool.settle();

    assertThat(pool.inUse("exam")).isEqualTo(3);
  }

  @Test
  void aPausedLaneWaitsUntilItIsResumed() {
    Pool pool = new Pool(with(Pool.EXAM, 0, 9, true)).server("a", 4);
    RunId run = pool.want("exam");
    assertThat(pool.granted).isEmpty();

    pool.dispatcher.lane(Pool.EXAM, pool.now);
    pool.settle();

    assertThat(pool.order()).containsExactly(run);
  }

  @Test
  void aLaneBelowItsMinimumPicksFirst() {
    Pool pool = new Pool(with(Pool.LIVE, 1, 9, false), Pool.EXAM).server("a", 2);
    List<RunId> exams = pool.want(3, "exam");
    RunId live = pool.want("live");
    RunId second = pool.want("live");
    pool.done(exams.get(0));
    pool.done(exams.get(1));

    assertThat(pool.order()).containsExactly(exams.get(0), exams.get(1), live, exams.get(2));
    assertThat(pool.runs(second)).isFalse();
  }

  @Test
  void aMinimumKeepsNoSlotIdle() {
    Pool pool = new Pool(with(Pool.LIVE, 2, 9, false), Pool.EXAM).server("a", 2);
    pool.want(2, "exam");

    assertThat(pool.inUse("exam")).isEqualTo(2);
  }

  @Test
  void aChangedPriorityActsOnTheNextGrant() {
    Pool pool = new Pool(Pool.LIVE, Pool.EXAM).server("a", 1);
    RunId first = pool.want("live");
    pool.want("exam");
    RunId live = pool.want("live");
    pool.dispatcher.lane(Pool.lane("live", true, 99), pool.now);
    pool.done(first);

    assertThat(pool.order()).containsExactly(first, live);
  }

  @Test
  void aLaneThatNobodyKnowsIsRefused() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);

    assertThat(pool.refusalOf(pool.want("exam"))).isEqualTo(Refusal.UNKNOWN_LANE);
    assertThat(pool.refusalOf(pool.want(Want.PROBE_LANE))).isEqualTo(Refusal.UNKNOWN_LANE);
  }

  static LaneSpec with(LaneSpec lane, int min, int cap, boolean paused) {
    return new LaneSpec(
        lane.name(), lane.live(), lane.priority(), min, cap, Duration.ofDays(1), 1000, paused);
  }
}
