package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LearnedLimitTest {

  @Test
  void aRefusalLowersItAndSuccessesRaiseItToTheSlotsAgain() {
    Pool pool = new Pool(Pool.LIVE).server("a", 10);
    List<RunId> runs = pool.want(10, "live");
    pool.done(runs.getFirst(), Ending.REFUSED, 5);
    assertThat(limit(pool)).isEqualTo(7);

    for (int i = 0; i < 40; i++) {
      pool.done(pool.want("live").equals(runs.getLast()) ? runs.getLast() : next(pool));
    }

    assertThat(limit(pool)).isEqualTo(10);
  }

  @Test
  void refusalsOfRunsThatWereUnderWayTogetherLowerItOnce() {
    Pool pool = new Pool(Pool.LIVE).server("a", 10);

    pool.want(10, "live").forEach(run -> pool.done(run, Ending.REFUSED, 5));

    assertThat(limit(pool)).isEqualTo(7);
    assertThat(pool.counters().lowered()).isEqualTo(1);
  }

  @Test
  void isNeverBelowOne() {
    Pool pool = new Pool(Pool.LIVE).server("a", 10);
    for (int i = 0; i < 30; i++) {
      pool.done(pool.want("live"), Ending.REFUSED, 5);
    }

    assertThat(limit(pool)).isEqualTo(1);
  }

  @Test
  void holdsFurtherRunsBack() {
    Pool pool = new Pool(Pool.LIVE).server("a", 10);
    List<RunId> runs = pool.want(10, "live");
    pool.want(10, "live");
    pool.done(runs.get(0), Ending.REFUSED, 5);
    pool.done(runs.get(1), Ending.REFUSED, 5);
    pool.done(runs.get(2), Ending.REFUSED, 5);
    assertThat(pool.granted).hasSize(10);

    pool.done(runs.get(3), Ending.REFUSED, 5);

    assertThat(pool.granted).hasSize(11);
  }

  private static RunId next(Pool pool) {
    return pool.permits.keySet().iterator().next();
  }

  private static int limit(Pool pool) {
    return pool.dispatcher.view(pool.now).servers().getFirst().limit();
  }
}
