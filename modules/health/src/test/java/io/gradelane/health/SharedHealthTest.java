package io.gradelane.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.BusCodecs;
import io.gradelane.bus.BusMessage.Evidence;
import io.gradelane.bus.BusMessage.Status;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.cluster.LocalServerMap;
import io.gradelane.cluster.Member;
import io.gradelane.cluster.Members;
import io.gradelane.cluster.Rendezvous;
import io.gradelane.cluster.ServerMap;
import io.gradelane.core.run.Ending;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.SettableClock;
import io.gradelane.testkit.StubJobe;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several nodes' healths over one map. */
final class SharedHealthTest {

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
  private final LocalServerMap map = new LocalServerMap(vertx);
  private ServerMap written = map;
  private final FakeMembers members = new FakeMembers(vertx);
  private final Map<String, StubJobe> stubs = new HashMap<>();

  /** Each node's own time: one that hangs has none. */
  private final Map<String, ManualTimers> timers = new HashMap<>();

  private final Map<String, List<ServerSpec>> configured = new ConcurrentHashMap<>();
  private final Map<String, HealthVerticle> verticles = new HashMap<>();

  SharedHealthTest() {
    BusCodecs.register(vertx);
  }

  @AfterEach
  void close() {
    stubs.values().forEach(StubJobe::close);
    Blocking.get(vertx.close());
  }

  @Test
  void eachServerIsProbedByOneNode() {
    configured.put("n1", specs("s1", "s2", "s3", "s4"));
    configured.put("n2", specs("s1", "s2", "s3", "s4"));
    start("n1");
    awaitReady("s1", "s2", "s3", "s4");
    Members second = start("n2");

    Eventually.await(
        "the newcomer asks those that are its own",
        () -> Stream.of("s1", "s2", "s3", "s4")
            .filter(id -> prober(id).equals(second.self().node()))
            .allMatch(id -> languages(id) >= 2));
    assertThat(map.snapshot()).hasSize(4);
    Stream.of("s1", "s2", "s3", "s4")
        .filter(id -> prober(id).equals("n1"))
        .forEach(
            id -> assertThat(languages(id)).as(id + " stays the first one's").isEqualTo(1));
  }

  @Test
  void whoLeavesIsRelievedAtOnce() {
    String server = serverOf("n1", "n2");
    configured.put("n1", specs(server));
    start("n1");
    start("n2");
    awaitReady(server);
    int before = languages(server);

    members.leave("n1");

    Eventually.await("the other one asks", () -> languages(server) > before);
    stub(server).kill();
    Eventually.await("down", () -> {
      Objects.requireNonNull(timers.get("n2")).advance(Duration.ofMillis(100));
      return state(server).equals("down");
    });
  }

  @Test
  void evidenceReachesWhoProbes() {
    String server = serverOf("n2", "n1");
    configured.put("n1", specs(server));
    start("n1");
    start("n2");
    awaitReady(server);
    int before = languages(server);

    vertx
        .eventBus()
        .publish(Addresses.evidence("main"), new Evidence(server, Ending.LOST, false, "reset"));

    Eventually.await("it is asked at once", () -> languages(server) > before);
  }

  @Test
  void whatAnOperatorSaysOnOneNodeHoldsOnAll() {
    String server = serverOf("n2", "n1");
    configured.put("n1", specs(server));
    configured.put("n2", specs(server));
    start("n1");
    start("n2");
    awaitReady(server);

    ask("n1", new HealthCommand.SetSlots(server, HealthCommand.ANY_VERSION, 9, 3));
    ask("n1", new HealthCommand.Drain(server, HealthCommand.ANY_VERSION));
    clock.advance(Duration.ofSeconds(5));
    vertx.eventBus().publish(Addresses.status("main"), new Status(Map.of(server, 0)));
    Eventually.await("drained, says its prober", () -> state(server).equals("drained"));
    ask("n1", new HealthCommand.Undrain(server, HealthCommand.ANY_VERSION));
    awaitReady(server);

    ask("n2", new HealthCommand.Refresh());
    assertThat(entry(server).spec().slots()).isEqualTo(9);
  }

  @Test
  void aStartAddsAndOnlyARefreshRemoves() {
    configured.put("n1", specs("s1", "s2"));
    configured.put("n2", specs("s2", "s3"));
    start("n1");
    start("n2");
    awaitReady("s1", "s2", "s3");

    configured.put("n1", specs("s1"));
    var first = (HealthAnswer.Refreshed) ask("n1", new HealthCommand.Refresh());
    assertThat(first.servers())
        .as("another node still names it")
        .containsOnlyKeys("s1", "s2", "s3");

    configured.put("n2", specs("s3", "s4"));
    var second = (HealthAnswer.Refreshed) ask("n1", new HealthCommand.Refresh());
    assertThat(second.problem()).isEmpty();
    assertThat(second.servers()).containsOnlyKeys("s1", "s3", "s4");
    assertThat(second.servers().get("s4")).extracting(e -> e.state().word()).isEqualTo("ready");
  }

  @Test
  void nothingIsRemovedWhileANodeDoesNotTell() {
    configured.put("n1", specs("s1", "s2"));
    start("n1");
    awaitReady("s1", "s2");
    members.join("silent");

    configured.put("n1", specs("s1"));
    var refreshed = (HealthAnswer.Refreshed) ask("n1", new HealthCommand.Refresh());

    assertThat(refreshed.servers()).containsOnlyKeys("s1", "s2");
    assertThat(refreshed.problem()).contains("none was removed");
  }

  @Test
  void aSandboxGoesWithItsNode() {
    configured.put("n1", List.of(sandbox("n1")));
    configured.put("n2", List.of(sandbox("n2")));
    start("n1");
    start("n2");
    awaitReady("n1-sandbox", "n2-sandbox");

    members.leave("n1");

    Eventually.await(
        "the map is tidy", () -> map.snapshot().keySet().equals(java.util.Set.of("n2-sandbox")));
  }

  @Test
  void aNodeThatLeavesInOrderTakesItsSandboxesAlong() {
    configured.put("n1", List.of(sandbox("n1")));
    configured.put("n2", List.of(sandbox("n2")));
    start("n1");
    start("n2");
    awaitReady("n1-sandbox", "n2-sandbox");
    HealthVerticle leaving = Objects.requireNonNull(verticles.get("n1"));

    leaving.leave();
    Eventually.await("nothing new starts there", () -> state("n1-sandbox").startsWith("drain"));
    Blocking.get(vertx.undeploy(leaving.deploymentID()));

    assertThat(map.snapshot()).containsOnlyKeys("n2-sandbox");
  }

  @Test
  void aNodeThatWasTakenForGonePutsItsSandboxesBack() {
    configured.put("n1", List.of(sandbox("n1")));
    start("n1");
    awaitReady("n1-sandbox");

    Blocking.get(map.replace("n1-sandbox", entry("n1-sandbox"), null));

    awaitReady("n1-sandbox");
  }

  @Test
  void nobodyNeedHaveSeenThatItWasReady() {
    configured.put("n1", List.of(sandbox("n1")));
    written = new TakenOutOnce(map);
    start("n1");

    awaitReady("n1-sandbox");

    assertThat(languages("n1-sandbox")).isEqualTo(2);
  }

  private Members start(String node) {
    Members joined = members.join(node);
    ManualTimers ownTimers = new ManualTimers(vertx, clock);
    timers.put(node, ownTimers);
    FakePermits permits = new FakePermits();
    HealthVerticle verticle = new HealthVerticle(new HealthPorts(
        "main",
        RULES,
        () -> Future.succeededFuture(configured.getOrDefault(node, List.of())),
        written,
        joined,
        () -> Future.succeededFuture(permits),
        new SimpleMeterRegistry(),
        clock,
        System::nanoTime,
        ownTimers,
        RandomGenerator.getDefault()));
    verticles.put(node, verticle);
    Blocking.get(vertx.deployVerticle(verticle));
    return joined;
  }

  /** The name of a server that is {@code prober}'s when both are there. */
  private static String serverOf(String prober, String other) {
    List<Member> both = List.of(member(prober), member(other));
    return Stream.iterate(1, i -> i + 1)
        .map(i -> "s" + i)
        .filter(id -> Rendezvous.choose(id, both).orElseThrow().node().equals(prober))
        .findFirst()
        .orElseThrow();
  }

  private static Member member(String node) {
    return new Member(node, "", "dev", 1, "", "", 0);
  }

  private String prober(String server) {
    return Rendezvous.choose(server, members.all()).orElseThrow().node();
  }

  private List<ServerSpec> specs(String... ids) {
    return Stream.of(ids).map(id -> spec(id, Map.of())).toList();
  }

  private ServerSpec sandbox(String node) {
    return spec(node + "-sandbox", Map.of("node", node));
  }

  private ServerSpec spec(String id, Map<String, String> labels) {
    return new ServerSpec(id, stub(id).url(), null, 4, 2, 1, labels);
  }

  private StubJobe stub(String id) {
    return stubs.computeIfAbsent(id, any -> StubJobe.start(vertx));
  }

  private int languages(String server) {
    return stub(server).counts().languages();
  }

  private ServerEntry entry(String id) {
    return Objects.requireNonNull(map.snapshot().get(id));
  }

  private String state(String id) {
    ServerEntry entry = map.snapshot().get(id);
    return entry == null ? "not there" : entry.state().word();
  }

  private void awaitReady(String... ids) {
    for (String id : ids) {
      Eventually.await(id + " is ready", () -> state(id).equals("ready"));
    }
  }

  /** Takes the first server that becomes ready out again before anybody has been told. */
  private record TakenOutOnce(ServerMap map, AtomicBoolean done) implements ServerMap {

    TakenOutOnce(ServerMap map) {
      this(map, new AtomicBoolean());
    }

    @Override
    public Map<String, ServerEntry> snapshot() {
      return map.snapshot();
    }

    @Override
    public Future<Boolean> replace(
        String id, @Nullable ServerEntry expected, @Nullable ServerEntry next) {
      Future<Boolean> replaced = map.replace(id, expected, next);
      boolean first =
          next != null && next.state() instanceof ServerState.Ready && !done.getAndSet(true);
      return first ? map.replace(id, next, null).map(true) : replaced;
    }

    @Override
    public Runnable listen(Consumer<Map<String, ServerEntry>> listener) {
      return map.listen(listener);
    }
  }

  private HealthAnswer ask(String node, HealthCommand command) {
    return Blocking.get(vertx
        .eventBus()
        .<HealthAnswer>request(Addresses.health("main", node), command)
        .map(Message::body));
  }
}
