package io.gradelane.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.run.Ending;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.SettableClock;
import io.gradelane.testkit.StubFault;
import io.gradelane.testkit.StubJobe;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProbingTest extends HealthStage {

  @Test
  void everyServerIsProbedAtOnceWhenItStarts() {
    start(3);
    awaitState("s0", "ready");
    awaitState("s1", "ready");
    awaitState("s2", "ready");
    assertThat(entry("s1").languages()).containsEntry("python3", "3.11.2");
    assertThat(clock.instant()).as("no time has passed").isEqualTo(new SettableClock().instant());
  }

  @Test
  void aServerIsUnknownUntilARunHasSucceededThereNotWhenItTellsItsLanguages() {
    StubJobe stub = stub().spoilNext(StubFault.RUNGUARD, 1);
    start(List.of(spec(0)));
    Eventually.await("the run has failed", () -> stub.counts().executed() == 1);
    assertThat(entry("s0").state()).isInstanceOf(ServerState.Unknown.class);
    assertThat(entry("s0").languages()).isNotEmpty();
    passUntil("s0", "ready");
  }

  @Test
  void aServerThatCanRunNothingNeverBecomesReady() {
    stub().spoilNext(StubFault.RUNGUARD, 1000);
    start(List.of(spec(0)));
    passUntil("s0", "down");
    assertThat(entry("s0").state().cause()).contains("wrong answer with outcome 11");
  }

  @Test
  void aProbeRunOfAReadyServerIsPinnedInTheProbeLane() {
    start(1);
    awaitState("s0", "ready");
    assertThat(permits.wants).as("nobody uses an unknown server").isEmpty();
    pass(Duration.ofSeconds(70), () -> !permits.endings.isEmpty());
    Want want = permits.wants.getFirst();
    assertThat(want.lane()).isEqualTo(Want.PROBE_LANE);
    assertThat(want.pinned()).isEqualTo("s0");
    assertThat(want.language()).isEqualTo("python3");
    assertThat(permits.endings).containsOnly(Ending.OK);
    assertThat(permits.out).isEmpty();
  }

  @Test
  void aServerOnAHostOfTheFleetStartsSlowlyAndARefreshLeavesItThere() {
    start(1);
    URI url = stub().url();
    ServerSpec onHost = new ServerSpec("h1", url, null, 4, 2, 1, Map.of());
    assertThat(ask(new HealthCommand.Join("h1", 3, onHost)))
        .isEqualTo(new HealthAnswer.Settled("h1"));
    awaitState("h1", "warming");

    assertThat(ask(new HealthCommand.Refresh())).isInstanceOf(HealthAnswer.Refreshed.class);
    assertThat(map.snapshot()).containsOnlyKeys("s0", "h1");
    passUntil("h1", "ready");
    ask(new HealthCommand.Leave("h1", 3));
    assertThat(map.snapshot()).containsOnlyKeys("s0");
  }

  @Test
  void aServerWithoutRoomForAProbeRunStaysReady() {
    StubJobe stub = start(1).getFirst();
    awaitState("s0", "ready");
    permits.mood = FakePermits.Mood.REFUSES;
    pass(Duration.ofMinutes(3), () -> permits.wants.size() >= 3);
    assertThat(entry("s0").state()).isInstanceOf(ServerState.Ready.class);
    assertThat(stub.counts().executed()).isEqualTo(1);
  }

  @Test
  void aDispatcherThatIsNotThereHoldsUpNothing() {
    StubJobe stub = start(1).getFirst();
    awaitState("s0", "ready");
    permits.mood = FakePermits.Mood.IS_SILENT;
    pass(Duration.ofMinutes(2), () -> permits.wants.size() >= 2);
    int before = stub.counts().languages();
    pass(Duration.ofSeconds(20), () -> stub.counts().languages() > before + 2);
    assertThat(entry("s0").state()).isInstanceOf(ServerState.Ready.class);
  }

  @Test
  void whatJobeRefusesIsGivenBackAsRefusedAndSaysNothingAgainstIt() {
    StubJobe stub = start(1).getFirst();
    awaitState("s0", "ready");
    stub.overloadNext(1);
    pass(Duration.ofMinutes(2), () -> permits.endings.contains(Ending.REFUSED));
    assertThat(entry("s0").state()).isInstanceOf(ServerState.Ready.class);
  }

  @Test
  void aLostProbeRunIsGivenBackAsLost() {
    StubJobe stub = start(1).getFirst();
    awaitState("s0", "ready");
    stub.closeBeforeAnswerNext(1);
    pass(Duration.ofMinutes(2), () -> permits.endings.contains(Ending.LOST));
    passUntil("s0", "ready");
  }

  @Test
  void aServerThatDiesGoesDownAndComesBackSlowly() {
    StubJobe stub = start(1).getFirst();
    awaitState("s0", "ready");
    stub.kill();
    passUntil("s0", "down");
    assertThat(entry("s0").state().cause()).contains("refused");
    assertThat(meters.get("gradelane.server.up").tag("server", "s0").gauge().value())
        .isZero();
    Eventually.await("it is counted", () -> ejections() == 1);
    stub.revive();
    passUntil("s0", "warming");
    passUntil("s0", "ready");
    assertThat(meters.get("gradelane.server.up").tag("server", "s0").gauge().value())
        .isOne();
  }

  private double ejections() {
    var counter = meters.find("gradelane.server.ejections").tag("server", "s0").counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void aDeadServerIsOutWithinFiveSecondsWithoutAnyRunThere() {
    StubJobe stub = start(1).getFirst();
    awaitState("s0", "ready");
    stub.kill();
    var died = clock.instant();
    for (int probes = 1; probes <= 2; probes++) {
      timers.advance(Duration.ofMillis(2_200));
      String expected = probes == 1 ? "suspect" : "down";
      awaitState("s0", expected);
    }
    assertThat(Duration.between(died, clock.instant())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void newLanguagesReachTheMap() {
    StubJobe stub = start(1).getFirst();
    awaitState("s0", "ready");
    stub.speaking(Map.of("python3", "3.13.0"));
    pass(Duration.ofMinutes(1), () -> entry("s0").languages().equals(Map.of("python3", "3.13.0")));
  }

  @Test
  void aServerWithNoLanguageThatThereIsAProgramForIsBelieved() {
    stub().speaking(Map.of("klingon", "1"));
    start(List.of(spec(0)));
    awaitState("s0", "ready");
  }
}
