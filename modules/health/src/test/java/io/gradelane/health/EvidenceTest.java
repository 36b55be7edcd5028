package io.gradelane.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.BusMessage.Evidence;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.core.run.Ending;
import io.gradelane.core.server.ServerState;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.SettableClock;
import io.gradelane.testkit.StubJobe;
import org.junit.jupiter.api.Test;

final class EvidenceTest extends HealthStage {

  @Test
  void lostRunsEjectAServerAtOnceThoughItStillTellsItsLanguages() {
    start(2);
    awaitState("s0", "ready");
    awaitState("s1", "ready");
    permits.mood = FakePermits.Mood.REFUSES;
    lose("s0", 3);
    awaitState("s0", "down");
    assertThat(clock.instant()).as("no time has passed").isEqualTo(new SettableClock().instant());
    assertThat(entry("s0").state().cause()).isEqualTo("a run failed there: reset");
  }

  @Test
  void runsAloneLeaveHalfOfThePool() {
    start(3);
    for (int i = 0; i < 3; i++) {
      awaitState("s" + i, "ready");
    }
    permits.mood = FakePermits.Mood.REFUSES;
    for (int i = 0; i < 3; i++) {
      lose("s" + i, 10);
    }
    awaitState("s0", "down");
    awaitState("s1", "suspect");
    awaitState("s2", "suspect");
  }

  @Test
  void theOnlyServerIsProbedAtOnceWhenARunIsLostThereAndStays() {
    StubJobe stub = start(1).getFirst();
    awaitState("s0", "ready");
    int before = stub.counts().executed();
    lose("s0", 5);
    Eventually.await("a probe run", () -> stub.counts().executed() > before);
    awaitState("s0", "ready");
    assertThat(permits.endings).contains(Ending.OK);
  }

  @Test
  void refusalsSayNothingAgainstAServer() {
    start(2);
    awaitState("s0", "ready");
    awaitState("s1", "ready");
    for (int i = 0; i < 20; i++) {
      publish(new Evidence("s0", Ending.REFUSED, false, "outcome 21"));
    }
    publish(new Evidence("s1", Ending.LOST, false, "a mark that all have been heard"));
    Eventually.await("the mark", () -> entry("s1").version() > 3);
    assertThat(entry("s0").state()).isInstanceOf(ServerState.Ready.class);
  }

  @Test
  void blamedVerdictsCountLikeLostRuns() {
    start(2);
    awaitState("s0", "ready");
    awaitState("s1", "ready");
    permits.mood = FakePermits.Mood.REFUSES;
    for (int i = 0; i < 3; i++) {
      publish(new Evidence("s0", Ending.OK, true, "runguard: cannot start"));
    }
    awaitState("s0", "down");
  }

  @Test
  void evidenceAboutAStrangerIsIgnored() {
    start(1);
    awaitState("s0", "ready");
    publish(new Evidence("nobody", Ending.LOST, false, "reset"));
    assertThat(ask(new HealthCommand.Refresh())).isInstanceOf(HealthAnswer.Refreshed.class);
    assertThat(map.snapshot()).containsOnlyKeys("s0");
  }
}
