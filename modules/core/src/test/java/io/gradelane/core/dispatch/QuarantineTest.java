package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class QuarantineTest {

  @Test
  void theSlotOfALostRunIsTakenUntilItsDeadline() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    pool.done(pool.want("live"), Ending.LOST, 100);
    RunId next = pool.want("live");
    pool.pass(Duration.ofMillis(Want.DEFAULT_DEADLINE_MILLIS - 1));
    assertThat(pool.runs(next)).isFalse();
    assertThat(pool.dispatcher.view(pool.now).quarantined()).isEqualTo(1);

    pool.pass(Duration.ofMillis(1));

    assertThat(pool.runs(next)).isTrue();
    assertThat(pool.dispatcher.view(pool.now).quarantined()).isZero();
  }

  @Test
  void aLaterAttemptWhileThePermitIsOutQuarantinesThePermit() {
    Pool pool = new Pool(Pool.LIVE).server("a", 2);
    RunId run = pool.want("live");
    Decision.Granted old = pool.granted.getFirst();
    pool.want(new WantBuilder(run, "live").attempt(2));
    assertThat(pool.granted).hasSize(2);
    assertThat(pool.dispatcher.view(pool.now).quarantined()).isEqualTo(1);

    pool.dispatcher.done(run, old.permit(), Ending.OK, 1, pool.now);

    assertThat(pool.dispatcher.view(pool.now).quarantined()).isZero();
    assertThat(pool.inUse("live")).isEqualTo(1);
  }

  @Test
  void whatItsOwnNodeHasLostStaysTakenWhateverIsSaidLater() {
    Pool pool = new Pool(Pool.LIVE).server("a", 2);
    RunId run = pool.want("live");
    Decision.Granted lost = pool.granted.getFirst();
    pool.dispatcher.done(run, lost.permit(), Ending.LOST, 1, pool.now);

    pool.dispatcher.done(run, lost.permit(), Ending.OK, 1, pool.now);

    assertThat(pool.counters().staleDones()).isEqualTo(1);
    assertThat(pool.inUse("live")).isEqualTo(1);
  }

  @Test
  void aPermitThatNobodyEndsIsTakenBackLongAfterItsDeadline() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    pool.want("live");
    RunId next = pool.want("live");
    pool.pass(Duration.ofMinutes(2));
    assertThat(pool.runs(next)).isFalse();

    pool.pass(Duration.ofMinutes(1));

    assertThat(pool.runs(next)).isTrue();
    assertThat(pool.counters().forgotten()).isEqualTo(1);
  }
}
