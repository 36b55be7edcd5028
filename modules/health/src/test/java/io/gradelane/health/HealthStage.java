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
import io.gradelane.core.run.Ending;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.SettableClock;
import io.gradelane.testkit.StubJobe;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;

/** A health verticle before servers that misbehave, in a time that passes when a test says so. */
abstract class HealthStage {

  /** The time-out is real, unlike every other time here: long enough for a busy machine. */
  static final HealthRules RULES = new HealthRules(
      Duration.ofSeconds(2),
      Duration.ofSeconds(20),
      Duration.ofMinutes(1),
      2,
      Duration.ofSeconds(5),
      Duration.ofSeconds(60),
      Duration.ofSeconds(10));

  private static final LocalMembers MEMBERS =
      new LocalMembers(new Member("n1", "", "dev", 1, "", "", 0));

  private final Vertx vertx = Vertx.vertx();
  final SettableClock clock = new SettableClock();
  final ManualTimers timers = new ManualTimers(vertx, clock);
  final LocalServerMap map = new LocalServerMap(vertx);
  final FakePermits permits = new FakePermits();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<StubJobe> stubs = new ArrayList<>();
  volatile Future<List<ServerSpec>> configured = Future.succeededFuture(List.of());

  @AfterEach
  void close() {
    stubs.forEach(StubJobe::close);
    Blocking.get(vertx.close());
  }

  StubJobe stub() {
    StubJobe stub = StubJobe.start(vertx);
    stubs.add(stub);
    return stub;
  }

  ServerSpec spec(int index) {
    URI url = Objects.requireNonNull(stubs.get(index)).url();
    return new ServerSpec("s" + index, url, null, 4, 2, 1, Map.of());
  }

  List<StubJobe> start(int servers) {
    List<ServerSpec> specs = new ArrayList<>();
    for (int i = 0; i < servers; i++) {
      stub();
      specs.add(spec(i));
    }
    start(specs);
    return stubs;
  }

  void start(List<ServerSpec> specs) {
    configured = Future.succeededFuture(specs);
    BusCodecs.register(vertx);
    HealthPorts ports = new HealthPorts(
        "main",
        RULES,
        () -> configured,
        map,
        MEMBERS,
        () -> Future.succeededFuture(permits),
        meters,
        clock,
        System::nanoTime,
        timers,
        RandomGenerator.getDefault());
    Blocking.get(vertx.deployVerticle(new HealthVerticle(ports)));
    assertThat(map.snapshot()).hasSize(specs.size());
  }

  ServerEntry entry(String id) {
    return Objects.requireNonNull(map.snapshot().get(id));
  }

  void awaitState(String id, String word) {
    Eventually.await(id + " is " + word, () -> entry(id).state().word().equals(word));
  }

  /** Lets time pass, a little for each look, until it is so. */
  void passUntil(String id, String word) {
    Eventually.await(id + " is " + word, () -> {
      boolean is = entry(id).state().word().equals(word);
      if (!is) {
        timers.advance(Duration.ofMillis(100));
      }
      return is;
    });
  }

  void pass(Duration about, BooleanSupplier until) {
    Duration step = about.dividedBy(200);
    Eventually.await("it happens in about " + about, () -> {
      boolean is = until.getAsBoolean();
      if (!is) {
        timers.advance(step);
      }
      return is;
    });
  }

  boolean clockPassed(Duration since) {
    return Duration.between(new SettableClock().instant(), clock.instant()).compareTo(since) > 0;
  }

  void lose(String server, int times) {
    for (int i = 0; i < times; i++) {
      publish(new Evidence(server, Ending.LOST, false, "reset"));
    }
  }

  void publish(Evidence evidence) {
    vertx.eventBus().publish(Addresses.evidence("main"), evidence);
  }

  void publish(Status status) {
    vertx.eventBus().publish(Addresses.status("main"), status);
  }

  HealthAnswer ask(HealthCommand command) {
    return Blocking.get(request(command));
  }

  Future<HealthAnswer> request(HealthCommand command) {
    return vertx
        .eventBus()
        .<HealthAnswer>request(Addresses.health("main", "n1"), command)
        .map(Message::body);
  }
}
