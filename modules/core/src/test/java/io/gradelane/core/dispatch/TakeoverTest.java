package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a dispatcher takes over from an earlier one. */
class TakeoverTest {

  private static final PermitId EARLIER = new PermitId(new Term(6, "gone"), 3);

  private final Pool pool = new Pool(Pool.LIVE, Pool.BULK).server("a", 2);

  @Test
  void anAdoptedPermitHoldsItsSlotUntilItEnds() {
    Want want = pool.a("live").build();
    pool.dispatcher.adopt(want, EARLIER, "a", 300, pool.now);
    RunId first = pool.want("live");
    RunId second = pool.want("live");
    assertThat(pool.runs(first)).isTrue();
    assertThat(pool.runs(second)).isFalse();

    pool.dispatcher.done(want.run(), EARLIER, Ending.OK, 400, pool.now);
    pool.settle();

    assertThat(pool.runs(second)).isTrue();
  }

  @Test
  void adoptedTwiceItHoldsOneSlot() {
    Want want = pool.a("live").build();
    pool.dispatcher.adopt(want, EARLIER, "a", 300, pool.now);
    pool.dispatcher.adopt(want, EARLIER, "a", 400, pool.now);
    assertThat(pool.inUse("live")).isEqualTo(1);
  }

  @Test
  void anIsolatedPermitHoldsItsSlotUntilItsTimeIsUp() {
    pool.dispatcher.isolate(new Holding(EARLIER, "bulk", "a", 5_000), pool.now);
    pool.dispatcher.isolate(new Holding(EARLIER, "bulk", "a", 9_000), pool.now);
    assertThat(pool.inUse("bulk")).isEqualTo(1);
    assertThat(pool.dispatcher.quarantined(pool.now))
        .containsExactly(new Holding(EARLIER, "bulk", "a", 5_000));

    pool.pass(Duration.ofSeconds(5));

    assertThat(pool.inUse("bulk")).isZero();
  }

  @Test
  void itsHolderTakesAPermitOutOfIsolation() {
    pool.dispatcher.isolate(new Holding(EARLIER, "live", "a", 5_000), pool.now);
    pool.dispatcher.adopt(pool.a("live").build(), EARLIER, "a", 300, pool.now);
    assertThat(pool.inUse("live")).isEqualTo(1);
    assertThat(pool.dispatcher.quarantined(pool.now)).isEmpty();
  }

  @Test
  void anIsolatedPermitIsFreeWhenItsHolderHasItNoMore() {
    RunId run = pool.want("live");
    PermitId permit = pool.granted.getFirst().permit();
    pool.dispatcher.isolate(run, permit, pool.now);
    assertThat(pool.inUse("live")).isEqualTo(1);

    pool.dispatcher.release(permit, pool.now);

    assertThat(pool.inUse("live")).isZero();
  }

  @Test
  void aServerThatIsNotKnownKeepsItsPermitsToItself() {
    Want want = pool.a("live").build();
    pool.dispatcher.adopt(want, EARLIER, "elsewhere", 300, pool.now);
    assertThat(pool.inUse("live")).isEqualTo(1);
    assertThat(pool.runs(pool.want("live"))).isTrue();
    assertThat(pool.runs(pool.want("live"))).isTrue();

    pool.dispatcher.done(want.run(), EARLIER, Ending.OK, 400, pool.now);

    assertThat(pool.inUse("live")).isEqualTo(2);
  }

  @Test
  void whoWaitedElsewhereTakesItsPlaceByAge() {
    RunId a = pool.want("live");
    pool.want("live");
    RunId young = pool.want("live");
    Want old = pool.a("live").waited(30_000).build();
    pool.dispatcher.waits(old, pool.now);
    pool.settle();

    pool.done(a);

    assertThat(pool.runs(old.run())).isTrue();
    assertThat(pool.runs(young)).isFalse();
  }

  @Test
  void aRetryThatWaitedElsewhereCostsNoTokenAgain() {
    pool.want(2, "live");
    for (int i = 0; i < 50; i++) {
      pool.dispatcher.waits(pool.a("live").attempt(2).build(), pool.now);
    }
    pool.settle();
    assertThat(pool.refused).isEmpty();
    assertThat(pool.dispatcher.longestWaiting(100, pool.now)).hasSize(50);
  }
}
