package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.RunId;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ProbeTest {

  @Test
  void goesBeforeEverybodyOnItsServer() {
    Pool pool = new Pool(Pool.EXAM).server("a", 1).server("b", 1);
    RunId onA = pool.want("exam");
    pool.want(3, "exam");
    RunId probe = pool.want(pool.a(Want.PROBE_LANE).pinned(pool.serverOf(onA)));
    String server = pool.serverOf(onA);
    pool.done(onA);

    assertThat(pool.serverOf(probe)).isEqualTo(server);
  }

  @Test
  void goesToAServerThatTakesNothingElse() {
    Pool pool = new Pool(Pool.EXAM);
    pool.server(new ServerView("down", 2, 1, 1, 1, false, Set.of()));

    RunId probe = pool.want(pool.a(Want.PROBE_LANE).pinned("down"));

    assertThat(pool.serverOf(probe)).isEqualTo("down");
  }

  @Test
  void takesASlotLikeAnyOther() {
    Pool pool = new Pool(Pool.EXAM).server("a", 1);
    pool.want(pool.a(Want.PROBE_LANE).pinned("a"));

    assertThat(pool.runs(pool.want("exam"))).isFalse();
  }

  @Test
  void isNoLiveDemand() {
    Pool pool = new Pool(Pool.EXAM).server("a", 4);
    pool.want(pool.a(Want.PROBE_LANE).pinned("a"));

    assertThat(pool.dispatcher.view(pool.now).liveDemand()).isZero();
  }

  @Test
  void isToldApartAmongWhatIsInUse() {
    Pool pool = new Pool(Pool.EXAM).server("a", 4);
    pool.want(2, "exam");
    RunId probe = pool.want(pool.a(Want.PROBE_LANE).pinned("a"));

    assertThat(pool.dispatcher.view(pool.now).servers().getFirst())
        .returns(3, PoolView.ServerUse::inUse)
        .returns(1, PoolView.ServerUse::probes);

    pool.done(probe);

    assertThat(pool.dispatcher.view(pool.now).servers().getFirst())
        .returns(2, PoolView.ServerUse::inUse)
        .returns(0, PoolView.ServerUse::probes);
  }

  @Test
  void forAServerThatNobodyKnowsIsRefused() {
    Pool pool = new Pool(Pool.EXAM).server("a", 4);

    RunId probe = pool.want(pool.a(Want.PROBE_LANE).pinned("b"));

    assertThat(pool.refusalOf(probe)).isEqualTo(Refusal.NO_SERVER);
  }
}
