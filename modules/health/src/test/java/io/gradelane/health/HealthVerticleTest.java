package io.gradelane.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.BusCodecs;
import io.gradelane.bus.BusMessage.Evidence;
import io.gradelane.bus.BusMessage.Status;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.cluster.LocalMembers;
import io.gradelane.cluster.LocalServerMap;
import io.gradelane.cluster.Member;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.run.Ending;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.gradelane.core.server.ServerWord;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.SettableClock;
import io.gradelane.testkit.StubFault;
import io.gradelane.testkit.StubJobe;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HealthVerticleTest {

  /** The time-out is real, unlike every other time here: long enough for a busy machine. */
  private static final HealthRules RULES = new HealthRules(
      Duration.ofSeconds(2),
      Duration.ofSeconds(20),
      Duration.ofMinutes(1),
      2,
      Duration.ofSeconds(5),
      Duration.ofSeconds(60),
      Duration.ofSeconds(10));

  private final Vertx vertx = Vertx.vertx();
  private final SettableClock clock = new SettableClock();
  private final ManualTimers timers = new ManualTimers(vertx, clock);
  private final LocalServerMap map = new LocalServerMap(vertx);
  private final FakePermits permits = new FakePermits();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<StubJobe> stubs = new ArrayList<>();
  private volatile Future<List<ServerSpec>> configured = Future.succeededFuture(List.of());

  @AfterEach
  void close() {
    stubs.forEach(StubJobe::close);
    Blocking.get(vertx.close());
  }

  // --- probing -------------------------------------------------------------------------------

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
    assertThat(meters
            .get("gradelane.server.ejections")
            .tag("server", "s0")
            .counter()
            .count())
        .isOne();
    stub.revive();
    passUntil("s0", "warming");
    passUntil("s0", "ready");
    assertThat(meters.get("gradelane.server.up").tag("server", "s0").gauge().value())
        .isOne();
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

  // --- evidence ------------------------------------------------------------------------------

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

  // --- operators -----------------------------------------------------------------------------

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

  // --- helpers -------------------------------------------------------------------------------

  private StubJobe stub() {
    StubJobe stub = StubJobe.start(vertx);
    stubs.add(stub);
    return stub;
  }

  private ServerSpec spec(int index) {
    URI url = Objects.requireNonNull(stubs.get(index)).url();
    return new ServerSpec("s" + index, url, null, 4, 2, 1, Map.of());
  }

  private List<StubJobe> start(int servers) {
    List<ServerSpec> specs = new ArrayList<>();
    for (int i = 0; i < servers; i++) {
      stub();
      specs.add(spec(i));
    }
    start(specs);
    return stubs;
  }

  private void start(List<ServerSpec> specs) {
    configured = Future.succeededFuture(specs);
    BusCodecs.register(vertx);
    HealthPorts ports = new HealthPorts(
        "main",
        RULES,
        () -> configured,
        map,
        members,
        () -> Future.succeededFuture(permits),
        meters,
        clock,
        System::nanoTime,
        timers,
        RandomGenerator.getDefault());
    Blocking.get(vertx.deployVerticle(new HealthVerticle(ports)));
    assertThat(map.snapshot()).hasSize(specs.size());
  }

  private static final LocalMembers members =
      new LocalMembers(new Member("n1", "", "dev", 1, "", "", 0));

  private ServerEntry entry(String id) {
    return Objects.requireNonNull(map.snapshot().get(id));
  }

  private void awaitState(String id, String word) {
    Eventually.await(id + " is " + word, () -> entry(id).state().word().equals(word));
  }

  /** Lets time pass, a little for each look, until it is so. */
  private void passUntil(String id, String word) {
    Eventually.await(id + " is " + word, () -> {
      boolean is = entry(id).state().word().equals(word);
      if (!is) {
        timers.advance(Duration.ofMillis(100));
      }
      return is;
    });
  }

  private void pass(Duration about, java.util.function.BooleanSupplier until) {
    Duration step = about.dividedBy(200);
    Eventually.await("it happens in about " + about, () -> {
      boolean is = until.getAsBoolean();
      if (!is) {
        timers.advance(step);
      }
      return is;
    });
  }

  private boolean clockPassed(Duration since) {
    return Duration.between(new SettableClock().instant(), clock.instant()).compareTo(since) > 0;
  }

  private void lose(String server, int times) {
    for (int i = 0; i < times; i++) {
      publish(new Evidence(server, Ending.LOST, false, "reset"));
    }
  }

  private void publish(Evidence evidence) {
    vertx.eventBus().publish(Addresses.evidence("main"), evidence);
  }

  private void publish(Status status) {
    vertx.eventBus().publish(Addresses.status("main"), status);
  }

  private HealthAnswer ask(HealthCommand command) {
    return Blocking.get(request(command));
  }

  private Future<HealthAnswer> request(HealthCommand command) {
    return vertx
        .eventBus()
        .<HealthAnswer>request(Addresses.health("main", "n1"), command)
        .map(io.vertx.core.eventbus.Message::body);
  }
}
