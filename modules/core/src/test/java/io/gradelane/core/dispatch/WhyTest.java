package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WhyTest {

  @Test
  void namesWhatStandsInTheWay() {
    Pool pool = new Pool(Pool.EXAM, Pool.LIVE, Pool.BULK).server("a", 2);
    RunId running = pool.want("live");
    RunId bulk = pool.want("bulk");
    RunId secondBulk = pool.want("bulk");
    assertThat(pool.runs(bulk)).isTrue();
    assertThat(why(pool, running)).isEqualTo(WaitsFor.GRANTED);
    assertThat(why(pool, secondBulk)).isEqualTo(WaitsFor.RESERVE);
    RunId next = pool.want("live");
    assertThat(why(pool, next)).isEqualTo(WaitsFor.SLOT);
    RunId after = pool.want("live");
    assertThat(why(pool, after)).isEqualTo(WaitsFor.TURN);
    pool.want("exam");
    assertThat(why(pool, next)).isEqualTo(WaitsFor.HIGHER_LANES);
    pool.dispatcher.lane(LaneOrderTest.with(Pool.LIVE, 0, 1, false), pool.now);
    assertThat(why(pool, next)).isEqualTo(WaitsFor.LANE_CAP);
    pool.dispatcher.lane(LaneOrderTest.with(Pool.LIVE, 0, 1, true), pool.now);
    assertThat(why(pool, next)).isEqualTo(WaitsFor.LANE_PAUSED);
    assertThat(why(pool, Pool.run(999))).isEqualTo(WaitsFor.UNKNOWN);
  }

  @Test
  void saysWhenNoServerTakesTheLanguageNow() {
    Pool pool = new Pool(Pool.LIVE);
    pool.server(new ServerView("a", 4, 2, 1, 1, false, Set.of("java")));
    Why why = pool.dispatcher.why(pool.want(pool.a("live").language("java")), pool.now);

    assertThat(why.waitsFor()).isEqualTo(WaitsFor.SERVER_READY);
    assertThat(why.words()).contains("java");
  }

  @Test
  void estimatesTheStartByTheRateOfTheLane() {
    Pool pool = new Pool(Pool.LIVE).server("a", 2);
    for (int i = 0; i < 10; i++) {
      pool.done(pool.want("live"), Ending.OK, 4000);
    }
    pool.want(2, "live");
    pool.want(3, "live");

    Why why = pool.dispatcher.why(pool.want("live"), pool.now);

    assertThat(why.place()).isEqualTo(4);
    assertThat(why.waiting()).isEqualTo(4);
    assertThat(why.estimatedStartMillis()).isEqualTo(8000);
  }

  private static WaitsFor why(Pool pool, RunId run) {
    return pool.dispatcher.why(run, pool.now).waitsFor();
  }
}
