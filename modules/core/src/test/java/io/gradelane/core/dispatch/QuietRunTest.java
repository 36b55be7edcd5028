package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.RunId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuietRunTest {

  @Test
  void aVerdictIsBelievedIfItsServerWasNeverAboveItsCores() {
    Pool pool = new Pool(Pool.LIVE).server("a", 4, 2);
    List<RunId> runs = pool.want(2, "live");
    pool.doubt(runs.get(0));

    assertThat(pool.believed).extracting(Decision.Believed::run).containsExactly(runs.get(0));
  }

  @Test
  void aVerdictIsDoubtedIfItsServerWasAboveForAMomentOnly() {
    Pool pool = new Pool(Pool.LIVE).server("a", 4, 2);
    List<RunId> runs = pool.want(3, "live");
    pool.done(runs.get(1));
    pool.done(runs.get(2));

    pool.doubt(runs.get(0));

    assertThat(pool.believed).isEmpty();
    assertThat(pool.runs(runs.get(0))).as("again, quiet").isTrue();
  }

  @Test
  void aRunThatCameAfterTheCrowdIsBelieved() {
    Pool pool = new Pool(Pool.LIVE).server("a", 4, 2);
    List<RunId> runs = pool.want(3, "live");
    runs.forEach(pool::done);
    RunId later = pool.want("live");
    pool.doubt(later);

    assertThat(pool.believed).extracting(Decision.Believed::run).containsExactly(later);
  }

  @Test
  void whileItRunsItsServerStaysAtItsCores() {
    Pool pool = new Pool(Pool.LIVE).server("a", 4, 2);
    List<RunId> runs = pool.want(3, "live");
    pool.done(runs.get(1));
    pool.done(runs.get(2));
    pool.doubt(runs.get(0));

    pool.want(5, "live");
    assertThat(pool.inUse("live")).isEqualTo(2);
    pool.done(runs.get(0));

    assertThat(pool.inUse("live")).isEqualTo(4);
  }

  @Test
  void inAFullPoolAServerIsEmptiedForIt() {
    Pool pool = new Pool(Pool.LIVE).server("a", 4, 2);
    List<RunId> runs = pool.want(20, "live");
    pool.doubt(runs.get(0));
    assertThat(pool.dispatcher.why(runs.get(0), pool.now).waitsFor())
        .isEqualTo(WaitsFor.QUIET_SERVER);
    pool.done(runs.get(1));
    assertThat(pool.granted).hasSize(4);

    pool.done(runs.get(2));

    assertThat(pool.granted).hasSize(5);
    assertThat(pool.order().getLast()).isEqualTo(runs.get(0));
  }

  @Test
  void itsOwnVerdictCounts() {
    Pool pool = new Pool(Pool.LIVE).server("a", 4, 1);
    List<RunId> runs = pool.want(2, "live");
    pool.doubt(runs.get(0));
    pool.done(runs.get(1));
    pool.doubt(runs.get(0));

    assertThat(pool.believed).hasSize(1);
  }

  @Test
  void isRefusedBeyondItsShareOfSlotTime() {
    Pool pool = new Pool(Pool.LIVE).server("a", 400, 1);
    List<RunId> runs = pool.want(400, "live");
    runs.forEach(pool::doubt);

    assertThat(pool.counters().rerunQuiet())
        .as("60 and a tenth of what had ended")
        .isEqualTo(100);
    assertThat(pool.counters().unlooked()).isEqualTo(300);
    assertThat(pool.refused.getFirst().reason()).isEqualTo(Refusal.QUIET_BUDGET);
  }

  @Test
  void aHeldServerIsLetGoWhenTheRunIsCancelled() {
    Pool pool = new Pool(Pool.LIVE).server("a", 2, 1);
    List<RunId> runs = pool.want(4, "live");
    pool.doubt(runs.get(0));
    pool.dispatcher.cancel(runs.get(0), pool.now);
    pool.settle();

    assertThat(pool.inUse("live")).isEqualTo(2);
    assertThat(pool.dispatcher.view(pool.now).servers().getFirst().held()).isFalse();
  }

  @Test
  void aHeldServerThatGoesDownIsReplaced() {
    Pool pool = new Pool(Pool.LIVE).server("a", 2, 1).server("b", 2, 1);
    List<RunId> runs = pool.want(4, "live");
    pool.doubt(runs.get(0));
    String held = pool.dispatcher.view(pool.now).servers().stream()
        .filter(PoolView.ServerUse::held)
        .findFirst()
        .orElseThrow()
        .id();
    pool.dispatcher.removeServer(held, pool.now);
    pool.settle();

    assertThat(pool.dispatcher.view(pool.now).servers())
        .singleElement()
        .matches(PoolView.ServerUse::held);
  }

  @Test
  void anUnknownPermitIsNeverBelieved() {
    Pool pool = new Pool(Pool.LIVE).server("a", 2, 1);
    RunId run = Pool.run(99);
    Want quiet = new WantBuilder(run, "live").attempt(2).quiet().build();
    pool.dispatcher.doubt(run, new PermitId(7, 99), 10, quiet, pool.now);
    pool.settle();

    assertThat(pool.refusalOf(run)).isEqualTo(Refusal.QUIET_BUDGET);
  }
}
