package io.gradelane.fleet;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.BusCodecs;
import io.gradelane.bus.FleetAnswer;
import io.gradelane.bus.FleetCommand;
import io.gradelane.core.fleet.CapacityRule;
import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Scaling;
import io.gradelane.store.heap.HeapFleetTable;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FleetVerticleTest {

  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final SettableClock clock = new SettableClock();
  private final FakeProvider provider = new FakeProvider();
  private final FakePool pool = new FakePool();
  private final HeapFleetTable table = new HeapFleetTable();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger names = new AtomicInteger();
  private final BlockingQueue<Runnable> due = new LinkedBlockingQueue<>();
  private final FakeLease lease = new FakeLease();

  /** A lease that somebody may hold. */
  private static final class FakeLease implements Lease {
    private volatile OptionalLong fence = OptionalLong.of(1);
    private volatile boolean released;

    @Override
    public Future<OptionalLong> hold() {
      return Future.succeededFuture(fence);
    }

    @Override
    public Future<Void> release() {
      released = true;
      return Future.succeededFuture();
    }
  }

  @AfterEach
  void close() {
    get(vertx.close());
  }

  @Test
  void aHostIsLaunchedAnswersAndJoinsThePool() throws InterruptedException {
    deploy();
    Eventually.await("launched", () -> provider.tokens().equals(List.of("h1")));

    pass();

    Eventually.await("joined", () -> pool.uses().containsKey(new HostId("h1")));
    assertThat(states()).containsExactly("ready");
    assertThat(get(table.hosts()).getFirst().ref()).isEqualTo("i-h1");
  }

  @Test
  void withMoreRunsThereAreMoreHostsAndThenFewer() throws InterruptedException {
    deploy();
    pass();
    pool.busy(12);
    pass();
    pass();
    Eventually.await("three", () -> states().equals(List.of("ready", "ready", "ready")));

    pool.busy(0);
    for (int i = 0; i < 80; i++) {
      clock.advance(EVERY);
      pass();
    }

    Eventually.await("one", () -> provider.tokens().size() == 1 && pool.uses().size() == 1);
    Eventually.await(
        "ended", () -> states().stream().filter("terminated"::equals).count() == 2);
  }

  @Test
  void withoutTheLeaseNothingIsDoneOrShown() throws InterruptedException {
    lease.fence = OptionalLong.empty();
    deploy();
    pass();

    assertThat(provider.tokens()).isEmpty();
    assertThat(meters.get("gradelane.fleet.leads").gauge().value()).isZero();
    assertThat(meters.find("gradelane.fleet.hosts").gauges()).isEmpty();
  }

  @Test
  void aRefusalEndsTheHostThatWasIntendedAndHoldsTheNextBack() throws InterruptedException {
    provider.refusing();
    deploy();
    pass();

    assertThat(states()).containsExactly("terminated");
    assertThat(get(table.hosts()).getFirst().state().reason())
        .isEqualTo("the provider refused: no room");
    assertThat(meters.get("gradelane.fleet.errors").counter().count()).isEqualTo(1);

    clock.advance(EVERY);
    pass();
    Eventually.await("tried again", () -> states().size() == 2);
  }

  @Test
  void aFailedPassIsFollowedByTheNext() throws InterruptedException {
    get(table.read(9));
    deploy();
    assertThat(provider.tokens()).isEmpty();

    lease.fence = OptionalLong.of(10);
    pass();

    Eventually.await("launched", () -> provider.tokens().equals(List.of("h1")));
    assertThat(meters.get("gradelane.fleet.errors").counter().count()).isEqualTo(1);
  }

  @Test
  void whatWasSeenIsShownAndWrittenDown() {
    pool.busy(5);
    deploy();

    Eventually.await("written", () -> !get(table.samples(clock.instant(), 10)).isEmpty());
    assertThat(get(table.samples(clock.instant(), 10)).getFirst().why())
        .startsWith("There are 2 hosts: 2 launching. 2 hosts wanted. linear: 5 slots");
    assertThat(meters
            .get("gradelane.fleet.hosts")
            .tag("state", "launching")
            .gauge()
            .value())
        .isEqualTo(2);
    assertThat(meters
            .get("gradelane.fleet.wanted.slots")
            .tag("rule", "linear")
            .gauge()
            .value())
        .isEqualTo(5);
    assertThat(meters.get("gradelane.fleet.runs").tag("state", "busy").gauge().value())
        .isEqualTo(5);
    assertThat(meters.get("gradelane.fleet.launches").counter().count()).isEqualTo(2);
  }

  @Test
  void stoppingGivesTheLeaseBackAndLeavesTheHosts() {
    String id = deploy();
    Eventually.await("launched", () -> provider.tokens().size() == 1);

    get(vertx.undeploy(id));

    assertThat(lease.released).isTrue();
    assertThat(provider.closed()).isTrue();
    assertThat(provider.tokens()).hasSize(1);
  }

  @Test
  void operatorsDrainTakeBackCondemnAndLaunch() throws InterruptedException {
    deploy();
    pass();
    FleetOperator operator = new FleetOperator(table, this::name, clock);

    assertThat(get(operator.drain(new HostId("h1"), "ada")).state().reason())
        .isEqualTo("drained by ada");
    assertThat(get(operator.takeBack(new HostId("h1"), "ada")).state().word()).isEqualTo("ready");
    assertThat(get(operator.condemn(new HostId("h1"), "ada")).state().word())
        .isEqualTo("unhealthy");
    assertThat(refusal(operator.drain(new HostId("h1"), "ada")))
        .isEqualTo("host h1 is unhealthy (expected: ready)");
    assertThat(refusal(operator.drain(new HostId("none"), "ada")))
        .isEqualTo("there is no host none");
    assertThat(refusal(operator.launch(1, "ada"))).isEqualTo("there are 1 hosts (limit: 1)");
    Host asked = get(operator.launch(2, "ada"));
    pass();
    Eventually.await("launched", () -> provider.tokens().contains(asked.id().value()));
  }

  @Test
  void aCommandChangesTheTableAndTheNextPassComesAtOnce() throws InterruptedException {
    BusCodecs.register(vertx);
    deploy();
    pass();
    Eventually.await("ready", () -> states().equals(List.of("ready")));

    assertThat(ask(new FleetCommand.Launch("ada")))
        .isEqualTo(new FleetAnswer.Changed("h2", "launching"));
    Eventually.await("launched", () -> provider.tokens().contains("h2"));
    assertThat(ask(new FleetCommand.Drain("h1", "ada")))
        .isEqualTo(new FleetAnswer.Changed("h1", "draining"));
    Eventually.await("closed", () -> pool.isClosed("h1"));
    assertThat(ask(new FleetCommand.Undrain("h9", "ada")))
        .isEqualTo(new FleetAnswer.NoSuchHost("h9"));
    assertThat(ask(new FleetCommand.Undrain("not an id", "ada")))
        .isEqualTo(new FleetAnswer.NoSuchHost("not an id"));
  }

  @Test
  void aRefusedCommandSaysWhatWasExpected() throws InterruptedException {
    BusCodecs.register(vertx);
    deploy();
    pass();
    for (int i = 0; i < 3; i++) {
      ask(new FleetCommand.Launch("ada"));
    }

    assertThat(ask(new FleetCommand.Launch("ada")))
        .isEqualTo(new FleetAnswer.Refused("there are 4 hosts (limit: 4)"));
    assertThat(ask(new FleetCommand.Undrain("h1", "ada")))
        .isEqualTo(new FleetAnswer.Refused("host h1 is ready (expected: draining)"));
  }

  @Test
  void hostsThatEndWithTheirNodeAreStruckFromTheTable() throws InterruptedException {
    provider.endingWithTheNode();
    String id = deploy();
    pass();
    Eventually.await("ready", () -> states().equals(List.of("ready")));

    get(vertx.undeploy(id));

    assertThat(states()).containsExactly("terminated");
    assertThat(get(table.hosts()).getFirst().state().reason()).isEqualTo("ended with its node");
  }

  private FleetAnswer ask(FleetCommand command) {
    return get(vertx
        .eventBus()
        .<FleetAnswer>request(Addresses.fleet("main", "n1"), command)
        .map(Message::body));
  }

  private String deploy() {
    FleetRules rules = new FleetRules(
        Scaling.AUTO,
        1,
        4,
        4,
        List.of(new CapacityRule.Linear(1)),
        Duration.ofSeconds(60),
        20,
        FleetRules.Times.USUAL);
    return get(vertx.deployVerticle(new FleetVerticle(new FleetPorts(
        "main",
        "n1",
        rules,
        EVERY,
        this::name,
        provider,
        table,
        lease,
        pool,
        ExamSource.of(List.of()),
        meters,
        clock,
        System::nanoTime,
        this::after))));
  }

  private HostId name() {
    return new HostId("h" + names.incrementAndGet());
  }

  /** Only passes are due; nothing here takes long enough for a time limit. */
  private Runnable after(Duration delay, Runnable task) {
    if (delay.equals(EVERY)) {
      due.add(task);
    }
    return () -> {};
  }

  /** Lets the next pass be made; it is over when the one after it is due. */
  private void pass() throws InterruptedException {
    Objects.requireNonNull(due.poll(20, TimeUnit.SECONDS), "no next pass").run();
  }

  private List<String> states() {
    return get(table.hosts()).stream().map(host -> host.state().word()).toList();
  }

  private static String refusal(Future<Host> future) {
    return get(
        future.map(host -> "done: " + host).otherwise(cause -> String.valueOf(cause.getMessage())));
  }
}
