package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ServerChoiceTest {

  @Test
  void theLeastLoadedServerIsTaken() {
    Pool pool = new Pool(Pool.LIVE).server("a", 8).server("b", 4);

    pool.want(12, "live");

    assertThat(servers(pool).subList(0, 6)).containsExactlyInAnyOrder("a", "a", "a", "a", "b", "b");
  }

  @Test
  void aWeightShiftsTheLoad() {
    Pool pool = new Pool(Pool.LIVE);
    pool.server(new ServerView("a", 10, 5, 3, 1, true, Set.of("python3")));
    pool.server(new ServerView("b", 10, 5, 1, 1, true, Set.of("python3")));

    pool.want(12, "live");

    assertThat(servers(pool).stream().filter("a"::equals)).hasSize(9);
  }

  @Test
  void serversOfEqualLoadTakeTurns() {
    Pool pool = new Pool(Pool.LIVE).server("a", 2).server("b", 2).server("c", 2);
    for (int i = 0; i < 6; i++) {
      pool.done(pool.want("live"));
    }

    assertThat(servers(pool)).containsExactly("a", "b", "c", "a", "b", "c");
  }

  @Test
  void atRandomAServerIsTheLikelierTheMoreSlotsAreFreeThere() {
    PoolRules rules = new PoolRules(List.of(Pool.LIVE), 1, 0.1).with(Allocation.RANDOM);
    Pool pool = new Pool(rules).server("a", 30).server("b", 10);
    for (int i = 0; i < 400; i++) {
      pool.done(pool.want("live"));
    }

    long onA = servers(pool).stream().filter("a"::equals).count();
    assertThat(onA).isBetween(260L, 340L);
  }

  @Test
  void slotsAreNeverExceededAtRandomEither() {
    PoolRules rules = new PoolRules(List.of(Pool.LIVE), 1, 0.1).with(Allocation.RANDOM);
    Pool pool = new Pool(rules).server("a", 3).server("b", 2);

    pool.want(20, "live");

    assertThat(servers(pool)).hasSize(5);
    assertThat(servers(pool).stream().filter("a"::equals)).hasSize(3);
  }

  @Test
  void slotsAreNeverExceeded() {
    Pool pool = new Pool(Pool.LIVE).server("a", 3).server("b", 2);

    pool.want(20, "live");

    assertThat(servers(pool).stream().filter("a"::equals)).hasSize(3);
    assertThat(servers(pool).stream().filter("b"::equals)).hasSize(2);
  }

  @Test
  void aGrantTellsHowBusyItsServerIs() {
    Pool pool = new Pool(Pool.LIVE).server("a", 3);
    pool.want(2, "live");
    pool.done(pool.granted.getFirst().run());
    pool.want("live");

    assertThat(pool.granted).extracting(Decision.Granted::serverLoad).containsExactly(1, 2, 2);
    assertThat(pool.granted).extracting(Decision.Granted::serverSlots).containsOnly(3);
  }

  @Test
  void aJobGoesWhereItWasLast() {
    Pool pool = new Pool(Pool.LIVE).server("a", 4).server("b", 4);
    RunId first = pool.want(pool.a("live").job("j1"));
    pool.want("live");
    RunId again = pool.want(pool.a("live").job("j1"));

    assertThat(pool.serverOf(again)).isEqualTo(pool.serverOf(first));
  }

  @Test
  void aJobDoesNotWaitForItsServer() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1).server("b", 1);
    RunId first = pool.want(pool.a("live").job("j1"));
    RunId again = pool.want(pool.a("live").job("j1"));

    assertThat(pool.serverOf(again)).isNotEmpty().isNotEqualTo(pool.serverOf(first));
  }

  @Test
  void aJobIsForgottenAfterTenMinutes() {
    Pool pool = new Pool(Pool.LIVE).server("a", 4).server("b", 4);
    pool.done(pool.want(pool.a("live").job("j1")));
    pool.pass(Duration.ofMinutes(11));

    assertThat(pool.serverOf(pool.want(pool.a("live").job("j1")))).isEqualTo("b");
  }

  @Test
  void filesAreLookedForOnEveryServerThatHadThem() {
    Pool pool = new Pool(Pool.LIVE).server("a", 2).server("b", 2).server("c", 2);
    pool.want(pool.a("live").files(99));
    pool.want(pool.a("live").files(99));
    RunId third = pool.want(pool.a("live").files(99));

    assertThat(List.of("a", "b")).contains(pool.serverOf(third));
    assertThat(servers(pool)).startsWith("a", "a", "b");
  }

  @Test
  void onlyAServerWithTheLanguageIsTaken() {
    Pool pool = new Pool(Pool.LIVE).server("a", 4);
    pool.server(new ServerView("j", 1, 1, 1, 1, true, Set.of("java")));

    assertThat(pool.serverOf(pool.want(pool.a("live").language("java")))).isEqualTo("j");
    assertThat(pool.serverOf(pool.want(pool.a("live").language("java")))).isEmpty();
  }

  @Test
  void aLanguageThatNoServerHasIsRefused() {
    Pool pool = new Pool(Pool.LIVE).server("a", 4);
    RunId run = pool.want(pool.a("live").language("cobol"));

    assertThat(pool.refusalOf(run)).isEqualTo(Refusal.NO_SERVER);
  }

  @Test
  void aLanguageOfAServerThatIsDownIsWaitedFor() {
    Pool pool = new Pool(Pool.LIVE);
    pool.server(new ServerView("a", 4, 2, 1, 1, false, Set.of("java")));
    RunId run = pool.want(pool.a("live").language("java"));
    assertThat(pool.granted).isEmpty();

    pool.server(new ServerView("a", 4, 2, 1, 1, true, Set.of("java")));

    assertThat(pool.runs(run)).isTrue();
  }

  @Test
  void aServerThatWasNeverReachedIsWaitedFor() {
    Pool pool = new Pool(Pool.LIVE);
    pool.server(new ServerView("a", 4, 2, 1, 1, false, Set.of()));
    RunId run = pool.want(pool.a("live").language("java"));
    assertThat(pool.refused).isEmpty();

    pool.server(new ServerView("a", 4, 2, 1, 1, true, Set.of("python3")));

    assertThat(pool.refusalOf(run)).isEqualTo(Refusal.NO_SERVER);
  }

  @Test
  void whatWaitsForTheLastServerIsRefusedWhenThatIsRemoved() {
    Pool pool = new Pool(Pool.LIVE).server("a", 1);
    pool.want("live");
    RunId waits = pool.want("live");

    pool.dispatcher.removeServer("a", pool.now);
    pool.settle();

    assertThat(pool.refusalOf(waits)).isEqualTo(Refusal.NO_SERVER);
  }

  @Test
  void anExcludedServerIsNotTakenAndIfAllAreTheRunIsRefused() {
    Pool pool = new Pool(Pool.LIVE).server("a", 4).server("b", 4);

    assertThat(pool.serverOf(pool.want(pool.a("live").attempt(2).not("a")))).isEqualTo("b");
    RunId nowhere = pool.want(pool.a("live").attempt(2).not("a", "b"));
    assertThat(pool.refusalOf(nowhere)).isEqualTo(Refusal.NO_SERVER);
  }

  @Test
  void aWarmingServerTakesItsShare() {
    Pool pool = new Pool(Pool.LIVE);
    pool.server(new ServerView("a", 10, 5, 1, 0.3, true, Set.of("python3")));
    pool.want(20, "live");
    assertThat(pool.granted).hasSize(3);

    pool.server(new ServerView("a", 10, 5, 1, 0.5, true, Set.of("python3")));

    assertThat(pool.granted).hasSize(5);
  }

  @Test
  void aRemovedServerThatComesBackStillHasItsPermitsOut() {
    Pool pool = new Pool(Pool.LIVE).server("a", 2).server("b", 1);
    pool.want(3, "live");
    pool.dispatcher.removeServer("a", pool.now);
    pool.server("a", 2);
    RunId waits = pool.want("live");
    assertThat(pool.runs(waits)).isFalse();

    pool.done(pool.order().getFirst());

    assertThat(pool.runs(waits)).isTrue();
  }

  private static List<String> servers(Pool pool) {
    return pool.granted.stream().map(Decision.Granted::server).toList();
  }
}
