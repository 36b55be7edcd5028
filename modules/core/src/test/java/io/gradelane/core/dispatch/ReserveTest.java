package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReserveTest {

  @Test
  void isTheDemandAndTwiceItsRoot() {
    Reserve reserve = new Reserve(1, 0);
    reserve.observe(16, 0);

    assertThat(reserve.size(64, 0)).isEqualTo(16 + 8);
    reserve.observe(17, 0);
    assertThat(reserve.size(64, 0)).isEqualTo(26);
  }

  @Test
  void staysBetweenItsFloorAndAllSlotsButOne() {
    Reserve reserve = new Reserve(3, 0);

    assertThat(reserve.size(64, 0)).isEqualTo(3);
    assertThat(reserve.size(3, 0)).isEqualTo(2);
    assertThat(reserve.size(1, 0)).isZero();
    assertThat(reserve.size(0, 0)).isZero();
    reserve.observe(500, 0);
    assertThat(reserve.size(64, 0)).isEqualTo(63);
  }

  @Test
  void remembersTheGreatestDemandForFifteenMinutes() {
    Reserve reserve = new Reserve(1, 0);
    reserve.observe(16, 0);
    reserve.observe(0, Times.SECOND);

    assertThat(reserve.demand(14 * Times.MINUTE)).isEqualTo(16);
    assertThat(reserve.demand(15 * Times.MINUTE + 10 * Times.SECOND)).isZero();
  }

  @Test
  void countsADemandThatLastsInEveryMinute() {
    Reserve reserve = new Reserve(1, 0);
    reserve.observe(16, 0);

    assertThat(reserve.demand(60 * Times.MINUTE)).isEqualTo(16);
  }

  @Test
  void shrinksByAFewPercentASecond() {
    Reserve reserve = new Reserve(1, 0);
    reserve.observe(100, 0);
    reserve.observe(0, Times.SECOND);
    long gone = 15 * Times.MINUTE + 10 * Times.SECOND;
    assertThat(reserve.size(500, gone)).isEqualTo(120);

    assertThat(reserve.size(500, gone + Times.SECOND)).isEqualTo(114);
    assertThat(reserve.size(500, gone + 2 * Times.SECOND)).isBetween(108, 109);
    assertThat(reserve.size(500, gone + 5 * Times.MINUTE)).isEqualTo(1);
  }

  @Test
  void averagesTheDemandOverAMinute() {
    Reserve reserve = new Reserve(1, Times.MINUTE);
    reserve.observe(16, 0);
    assertThat(reserve.size(64, 0)).isEqualTo(1);
    assertThat(reserve.demand(Times.MINUTE / 2)).isEqualTo(8);
    assertThat(reserve.size(64, Times.MINUTE)).isEqualTo(16 + 8);

    reserve.observe(60, Times.MINUTE);
    reserve.observe(16, Times.MINUTE + 6 * Times.SECOND);

    assertThat(reserve.demand(2 * Times.MINUTE)).as("44 more for 6 s").isBetween(20.4, 20.8);
  }

  @Test
  void countsNoMoreDemandThanThePoolHasSlots() {
    Pool pool = new Pool(Pool.LIVE, Pool.BULK).server("a", 16);
    pool.want(200, "live");
    pool.pass(Duration.ofMinutes(3));

    assertThat(pool.dispatcher.view(pool.now).liveDemand()).isBetween(16, 18);
  }

  @Test
  void countsRunsThatAreBusyAndNotThoseThatWait() {
    Pool pool = new Pool(momentary()).server("a", 16);
    pool.want(12, "bulk");
    pool.want(9, "live");

    assertThat(pool.dispatcher.view(pool.now).liveDemand()).as("4 run, 5 wait").isEqualTo(4);
  }

  @Test
  void bulkLeavesTheReserveAlone() {
    Pool pool = new Pool(momentary()).server("a", 16);
    pool.want(4, "live").forEach(pool::done);

    pool.want(30, "bulk");

    assertThat(pool.inUse("bulk")).as("16 slots less ⌈4 + 2√4⌉").isEqualTo(8);
  }

  @Test
  void isSpreadOverTheServersBySlots() {
    Pool pool = new Pool(new PoolRules(List.of(Pool.LIVE, Pool.BULK), 12, 0.1))
        .server("a", 16)
        .server("b", 8);

    pool.want(40, "bulk");

    assertThat(pool.inUse("bulk")).isEqualTo(12);
    assertThat(pool.granted.stream().filter(grant -> grant.server().equals("a")))
        .hasSize(8);
    assertThat(pool.granted.stream().filter(grant -> grant.server().equals("b")))
        .hasSize(4);
  }

  @Test
  void bulkAlwaysKeepsOneSlot() {
    Pool pool = new Pool(Pool.LIVE, Pool.BULK).server("a", 4);
    List<RunId> live = pool.want(40, "live");
    RunId bulk = pool.want("bulk");
    assertThat(pool.runs(bulk)).isFalse();

    pool.done(live.get(0));
    assertThat(pool.runs(bulk)).isTrue();
    RunId second = pool.want("bulk");
    pool.done(live.get(1));

    assertThat(pool.runs(second)).isFalse();
    assertThat(pool.runs(live.get(4))).isTrue();
  }

  @Test
  void inAPoolOfOneSlotBulkGoesEveryTenMinutes() {
    Pool pool = new Pool(Pool.LIVE, Pool.BULK).server("a", 1);
    RunId live = pool.want("live");
    List<RunId> bulk = pool.want(2, "bulk");
    for (int minute = 0; minute < 9; minute++) {
      live = next(pool, live);
      assertThat(pool.runs(bulk.get(0))).isFalse();
    }

    RunId waiting = pool.want("live");
    pool.pass(Duration.ofMinutes(1));
    pool.done(live);
    assertThat(pool.runs(bulk.get(0))).isTrue();
    pool.want("live");
    pool.done(bulk.get(0));

    assertThat(pool.runs(waiting)).isTrue();
    assertThat(pool.runs(bulk.get(1))).isFalse();
  }

  @Test
  void bulkUsesAPoolOfOneSlotWhenNobodyElseDoes() {
    Pool pool = new Pool(Pool.LIVE, Pool.BULK).server("a", 1);

    assertThat(pool.runs(pool.want("bulk"))).isTrue();
  }

  @Test
  void aLaneThatBecomesLiveIsCountedOnTheOtherSide() {
    Pool pool = new Pool(Pool.LIVE, Pool.BULK).server("a", 16);
    List<RunId> runs = pool.want(20, "bulk");
    assertThat(pool.inUse("bulk")).isEqualTo(15);
    LaneSpec live = Pool.lane("bulk", true, 10);

    pool.dispatcher.lane(live, pool.now);
    pool.settle();
    assertThat(pool.inUse("bulk")).isEqualTo(16);
    pool.dispatcher.lane(Pool.BULK, pool.now);
    pool.done(runs.get(0), Ending.OK, 10);

    assertThat(pool.inUse("bulk")).as("above its part now").isEqualTo(15);
  }

  private static PoolRules momentary() {
    return new PoolRules(
        List.of(Pool.LIVE, Pool.BULK), 1, 0.1, Duration.ZERO, PoolRules.QUIET_SHARE);
  }

  private static RunId next(Pool pool, RunId live) {
    RunId next = pool.want("live");
    pool.pass(Duration.ofMinutes(1));
    pool.done(live);
    return next;
  }
}
