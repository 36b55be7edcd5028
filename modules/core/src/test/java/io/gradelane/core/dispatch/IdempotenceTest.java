package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import org.junit.jupiter.api.Test;

final class IdempotenceTest {

  @Test
  void theSameWantAgainChangesNothing() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    RunId running = pool.want("live");
    RunId waiting = pool.want("live");
    pool.want(new WantBuilder(running, "live"));
    pool.want(new WantBuilder(waiting, "live"));

    assertThat(pool.granted).hasSize(1);
    assertThat(pool.dispatcher.view(pool.now).lanes().getLast().depth()).isEqualTo(1);
    assertThat(pool.counters().repeatedWants()).isEqualTo(2);
  }

  @Test
  void aPermitEndsOnce() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    RunId run = pool.want("live");
    PermitId permit = pool.granted.getFirst().permit();
    pool.done(run);
    pool.dispatcher.done(run, permit, Ending.OK, 1, pool.now);
    pool.dispatcher.done(run, new PermitId(6, permit.number()), Ending.OK, 1, pool.now);

    assertThat(pool.inUse("live")).isZero();
    assertThat(pool.counters().staleDones()).isEqualTo(2);
  }

  @Test
  void anEndingUnderAnotherPermitIsIgnored() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    RunId run = pool.want("live");

    pool.dispatcher.done(run, new PermitId(7, 999), Ending.OK, 1, pool.now);

    assertThat(pool.inUse("live")).isEqualTo(1);
  }

  @Test
  void aLaterAttemptTakesThePlaceOfOneThatWaits() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    RunId first = pool.want("live");
    RunId run = pool.want("live");
    pool.want(new WantBuilder(run, "live").attempt(2));
    pool.done(first);
    pool.done(run);

    assertThat(pool.order()).containsExactly(first, run);
  }

  @Test
  void aCancelledRunLeavesWithoutAnAnswerAndARunningOneStays() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    RunId running = pool.want("live");
    RunId waiting = pool.want("live");
    pool.dispatcher.cancel(waiting, pool.now);
    pool.dispatcher.cancel(running, pool.now);
    pool.settle();

    assertThat(pool.refused).isEmpty();
    assertThat(pool.inUse("live")).isEqualTo(1);
    pool.done(running);
    assertThat(pool.order()).containsExactly(running);
  }
}
