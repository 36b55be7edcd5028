package io.gradelane.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.BusMessage.Status;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerState;
import io.gradelane.core.server.ServerWord;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class OperatorsTest extends HealthStage {

  @Test
  void aDrainedServerTakesNothingAndComesBackByTheOperatorsWordOnly() {
    start(1);
    awaitState("s0", "ready");
    var drained =
        (HealthAnswer.Changed) ask(new HealthCommand.Drain("s0", entry("s0").version()));
    assertThat(drained.server().state()).isInstanceOf(ServerState.Draining.class);
    publish(new Status(Map.of("s0", 1)));
    pass(Duration.ofSeconds(10), () -> clockPassed(Duration.ofSeconds(5)));
    assertThat(entry("s0").state()).isInstanceOf(ServerState.Draining.class);
    publish(new Status(Map.of("s0", 0)));
    awaitState("s0", "drained");
    ask(new HealthCommand.Undrain("s0", HealthCommand.ANY_VERSION));
    awaitState("s0", "ready");
  }

  @Test
  void anOperatorWhoHasSeenAnOldVersionChangesNothing() {
    start(1);
    awaitState("s0", "ready");
    long seen = entry("s0").version();
    assertThat(ask(new HealthCommand.SetWeight("s0", seen, 3)))
        .isInstanceOf(HealthAnswer.Changed.class);
    var stale = (HealthAnswer.Stale) ask(new HealthCommand.SetSlots("s0", seen, 8, null));
    assertThat(stale.current()).isEqualTo(entry("s0"));
    assertThat(entry("s0").spec().weight()).isEqualTo(3);
    assertThat(entry("s0").spec().slots()).isEqualTo(4);
  }

  @Test
  void anImpossibleValueIsSaidToBeOne() {
    start(1);
    awaitState("s0", "ready");
    var invalid = (HealthAnswer.Invalid)
        ask(new HealthCommand.SetSlots("s0", HealthCommand.ANY_VERSION, 2, 3));
    assertThat(invalid.text()).contains("slots 2, cores 3").contains("expected");
    assertThat(ask(new HealthCommand.SetWeight("s0", HealthCommand.ANY_VERSION, 0)))
        .isInstanceOf(HealthAnswer.Invalid.class);
    assertThat(ask(new HealthCommand.Drain("s9", HealthCommand.ANY_VERSION)))
        .isEqualTo(new HealthAnswer.NoSuchServer("s9"));
  }

  @Test
  void whatWasKeptIsSaidAgainOnceAndCanBeTakenBack() {
    start(2);
    awaitState("s0", "ready");
    awaitState("s1", "ready");
    ServerWord kept = new ServerWord(1, true, 3.0, 9, 3);
    var restore = new HealthCommand.Restore(Map.of("s0", kept, "s9", kept));

    assertThat(ask(restore)).isEqualTo(new HealthAnswer.Restored(1));
    assertThat(entry("s0").state()).isInstanceOf(ServerState.Draining.class);
    assertThat(entry("s0").spec().slots()).isEqualTo(9);
    assertThat(entry("s0").spec().weight()).isEqualTo(3);
    assertThat(ask(restore)).isEqualTo(new HealthAnswer.Restored(0));
    ask(new HealthCommand.Reset("s0", entry("s0").version()));
    awaitState("s0", "ready");
    assertThat(entry("s0").spec()).isEqualTo(entry("s0").configured());
    assertThat(ask(restore)).as("taken back since").isEqualTo(new HealthAnswer.Restored(0));
    assertThat(entry("s1").spec()).isEqualTo(entry("s1").configured());
  }

  @Test
  void refreshReadsTheConfigurationAgainAndKeepsWhatAnOperatorHasSet() {
    start(2);
    awaitState("s0", "ready");
    awaitState("s1", "ready");
    ask(new HealthCommand.SetSlots("s0", HealthCommand.ANY_VERSION, 9, 3));
    stub();
    configured = Future.succeededFuture(List.of(spec(0), spec(2)));
    var refreshed = (HealthAnswer.Refreshed) ask(new HealthCommand.Refresh());
    assertThat(refreshed.problem()).isEmpty();
    assertThat(refreshed.servers()).containsOnlyKeys("s0", "s2");
    ServerEntry first = Objects.requireNonNull(refreshed.servers().get("s0"));
    assertThat(first.spec().slots()).isEqualTo(9);
    assertThat(first.spec().cores()).isEqualTo(3);
    assertThat(refreshed.servers().get("s2")).extracting(e -> e.state().word()).isEqualTo("ready");
    assertThat(meters.find("gradelane.server.up").tag("server", "s1").gauge()).isNull();
  }

  @Test
  void refreshBringsADeadServerBackWithoutWaitingForItsTime() {
    StubJobe stub = start(1).getFirst();
    awaitState("s0", "ready");
    stub.kill();
    passUntil("s0", "down");
    stub.revive();
    var refreshed = (HealthAnswer.Refreshed) ask(new HealthCommand.Refresh());
    assertThat(refreshed.servers().get("s0"))
        .extracting(e -> e.state().word())
        .isEqualTo("warming");
  }

  @Test
  void anUnreadableConfigurationLeavesTheServersAsTheyAre() {
    start(1);
    awaitState("s0", "ready");
    configured = Future.failedFuture("servers: 'x' (expected: a list)");
    var refreshed = (HealthAnswer.Refreshed) ask(new HealthCommand.Refresh());
    assertThat(refreshed.problem()).isEqualTo("servers: 'x' (expected: a list)");
    assertThat(refreshed.servers()).containsOnlyKeys("s0");
  }

  @Test
  void refreshDoesNotWaitForAServerThatHangs() {
    StubJobe stub = start(1).getFirst();
    awaitState("s0", "ready");
    stub.kill();
    passUntil("s0", "down");
    stub.revive();
    stub.holdReplies();
    Future<HealthAnswer> answer = request(new HealthCommand.Refresh());
    Eventually.await("its probe run hangs", () -> stub.held() == 1);
    timers.advance(RULES.timeout().plusSeconds(6));
    assertThat(Blocking.get(answer)).isInstanceOf(HealthAnswer.Refreshed.class);
    assertThat(entry("s0").state()).isInstanceOf(ServerState.Down.class);
    stub.releaseAll();
  }
}
