package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class FairShareTest {

  @Test
  void tenantsTakeTurns() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    RunId first = pool.want("live");
    RunId[] big = {want(pool, "big", ""), want(pool, "big", ""), want(pool, "big", "")};
    RunId small = want(pool, "small", "");

    runAll(pool, Map.of());

    assertThat(pool.order()).containsExactly(first, big[0], small, big[1], big[2]);
  }

  @Test
  void usersOfATenantTakeTurns() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    RunId first = pool.want("live");
    RunId[] anna = {want(pool, "t", "anna"), want(pool, "t", "anna")};
    RunId ben = want(pool, "t", "ben");

    runAll(pool, Map.of());

    assertThat(pool.order()).containsExactly(first, anna[0], ben, anna[1]);
  }

  @Test
  void slotTimeIsSharedNotRuns() {
    Pool pool = new Pool(Pool.LIVE).server("a", 4);
    Map<RunId, String> owners = new HashMap<>();
    for (int i = 0; i < 2000; i++) {
      owners.put(want(pool, "long", ""), "long");
      owners.put(want(pool, "short", ""), "short");
    }

    Map<String, Long> taken = serve(pool, owners, 400);

    assertThat(taken.getOrDefault("long", 0L).doubleValue())
        .isCloseTo(taken.getOrDefault("short", 0L), within(40_000.0));
  }

  @Test
  void whatARunReallyTookIsChargedToItsUser() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    RunId slow = want(pool, "slow", "");
    RunId slowAgain = want(pool, "slow", "");
    RunId quickOne = want(pool, "quick", "");
    RunId quickTwo = want(pool, "quick", "");
    pool.done(slow, Ending.OK, 60_000);
    pool.done(quickOne, Ending.OK, 10);

    assertThat(pool.runs(quickTwo)).isTrue();
    pool.done(quickTwo, Ending.OK, 10);
    assertThat(pool.runs(slowAgain)).isTrue();
  }

  @Test
  void whoComesBackBringsNoCredit() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    RunId away = want(pool, "away", "");
    for (int i = 0; i < 100; i++) {
      want(pool, "here", "");
    }
    pool.done(away);
    for (int i = 0; i < 50; i++) {
      pool.done(pool.order().getLast());
    }
    for (int i = 0; i < 10; i++) {
      want(pool, "away", "");
    }
    int before = pool.granted.size();
    for (int i = 0; i < 10; i++) {
      pool.done(pool.order().getLast());
    }

    assertThat(pool.dispatcher.view(pool.now).lanes().getLast().depth()).isEqualTo(49);
    assertThat(pool.granted.size() - before).isEqualTo(10);
    assertThat(pool.tenantsOf(before))
        .isEqualTo("away,here,away,here,away,here,away,here,away,here");
  }

  @Test
  void aTenantWhoseLanguageIsBusyHoldsNobodyUp() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    pool.server(new ServerView("j", 1, 1, 1, 1, true, java.util.Set.of("java")));
    pool.want(pool.a("live").language("java"));
    pool.want(pool.a("live").language("java"));

    RunId python = pool.want(pool.a("live").language("python3"));

    assertThat(pool.runs(python)).isTrue();
  }

  private static RunId want(Pool pool, String tenant, String user) {
    return pool.want(pool.a("live").tenant(tenant).user(user));
  }

  private static void runAll(Pool pool, Map<RunId, Integer> millis) {
    while (!pool.permits.isEmpty()) {
      RunId run = pool.permits.keySet().iterator().next();
      pool.done(run, Ending.OK, millis.getOrDefault(run, 1000));
    }
  }

  /** Runs of "long" take 5 s and those of "short" 0.5 s; both were estimated at 1 s. */
  private static Map<String, Long> serve(Pool pool, Map<RunId, String> owners, int runs) {
    Map<String, Long> taken = new HashMap<>();
    Queue<RunId> order = new ArrayDeque<>(pool.order());
    for (int i = 0; i < runs; i++) {
      RunId run = order.remove();
      String owner = owners.getOrDefault(run, "");
      int millis = owner.equals("long") ? 5000 : 500;
      taken.merge(owner, (long) millis, Long::sum);
      int before = pool.granted.size();
      pool.done(run, Ending.OK, millis);
      pool.granted.subList(before, pool.granted.size()).forEach(grant -> order.add(grant.run()));
    }
    return taken;
  }
}
