package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryTest {

  @Test
  void aLaterAttemptGoesToTheFrontOfItsFlow() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    RunId first = pool.want("live");
    RunId second = pool.want("live");
    RunId again = pool.want(pool.a("live").attempt(2).waited(5000));
    pool.done(first);
    pool.done(again);

    assertThat(pool.order()).containsExactly(first, again, second);
  }

  @Test
  void keepsItsAge() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    pool.want(pool.a("live").attempt(2).waited(5000));

    assertThat(pool.granted.getFirst().waitedMillis()).isEqualTo(5000);
  }

  @Test
  void costsATokenThatGrantsEarn() {
    Pool pool = new Pool(Pool.LIVE).server("a", 4);
    int allowed = 0;
    for (int i = 0; i < 30; i++) {
      RunId run = pool.want(pool.a("live").attempt(2));
      if (pool.runs(run)) {
        allowed++;
        pool.done(run);
      }
    }
    assertThat(allowed).as("ten, one a slot, and a tenth of a token for each").isEqualTo(15);
    assertThat(pool.counters().refusedRetries()).isEqualTo(15);

    for (int i = 0; i < 10; i++) {
      pool.done(pool.want("live"));
    }
    assertThat(pool.runs(pool.want(pool.a("live").attempt(2)))).isTrue();
  }

  @Test
  void timeAloneEarnsALittle() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    for (int i = 0; i < 30; i++) {
      pool.permits.keySet().stream().toList().forEach(pool::done);
      pool.want(pool.a("live").attempt(2));
    }
    assertThat(pool.refused.getLast().reason()).isEqualTo(Refusal.RETRY_BUDGET);
    pool.pass(Duration.ofSeconds(3));

    RunId run = pool.want(pool.a("live").attempt(2));

    assertThat(pool.refused.stream().filter(refused -> refused.run().equals(run)))
        .isEmpty();
  }

  @Test
  void aServerFullOfLostRunsCanBeTriedElsewhere() {
    Pool pool = new Pool(Pool.LIVE).server("a", 30).server("b", 30);
    List<RunId> runs = pool.want(60, "live");
    for (RunId run : runs) {
      if (pool.serverOf(run).equals("a")) {
        pool.done(run, Ending.LOST, 100);
        pool.want(new WantBuilder(run, "live").attempt(2).not("a"));
      }
    }

    assertThat(pool.refused).isEmpty();
  }
}
