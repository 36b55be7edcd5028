package io.gradelane.fleet.pool;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.BusCodecs;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.bus.Listening;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.cluster.LocalServerMap;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.PoolView.LaneView;
import io.gradelane.core.dispatch.PoolView.ServerUse;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState;
import io.gradelane.core.fleet.HostUse;
import io.gradelane.core.fleet.Load;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.server.FleetMark;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.gradelane.fleet.FleetPool.Sight;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.store.fleet.StaleFence;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BusPoolTest {

  private static final Instant NOW = Instant.parse("2026-01-01T08:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final LocalServerMap map = new LocalServerMap(vertx);
  private final Queue<HealthCommand> asked = new ConcurrentLinkedQueue<>();
  private final BusPool pool = new BusPool(
      vertx.eventBus(),
      "main",
      "n1",
      map,
      Batches.none(),
      new JobeClient(vertx, System::nanoTime),
      new BusPool.Like(6, "secret"));

  private volatile HealthAnswer answer = new HealthAnswer.Settled("h1");

  @BeforeEach
  void listen() {
    BusCodecs.register(vertx);
    get(Listening.to(
            vertx.eventBus(), Addresses.health("main", "n1"), HealthCommand.class, command -> {
              asked.add(command.body());
              command.reply(answer);
            })
        .completion());
  }

  @AfterEach
  void close() {
    get(vertx.close());
  }

  @Test
  void whatRunsOnHostsAndWhatWaitsIsSeen() {
    put(on("h1", false), new ServerState.Ready(NOW));
    put(on("h2", true), new ServerState.Draining(NOW));
    put(on("h3", true), new ServerState.Draining(NOW));
    put(on("h4", false), new ServerState.Down("reset", NOW, 1));
    put(spec("s1"), new ServerState.Ready(NOW));
    dispatch(new PoolView(
        List.of(lane(Want.PROBE_LANE, 2, 0), lane("exam", 5, 800), lane("bulk", 7, 90_000)),
        List.of(use("h1", 3, false), use("h2", 1, true), use("h3", 0, false), use("s1", 4, false)),
        20,
        0,
        1,
        0,
        new PoolView.Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)));

    Sight sight = get(pool.look());

    assertThat(sight.load()).contains(new Load(4, 12, Duration.ofSeconds(90), List.of()));
    assertThat(sight.uses())
        .containsOnly(
            Map.entry(new HostId("h1"), new HostUse(false, 3, null)),
            Map.entry(new HostId("h2"), new HostUse(true, 1, null)),
            Map.entry(new HostId("h3"), new HostUse(false, 0, null)),
            Map.entry(new HostId("h4"), new HostUse(false, 0, NOW)));
  }

  /** Else a host that is only probed would call for another one, now and then. */
  @Test
  void aProbeRunIsNobodysDemand() {
    put(on("h1", false), new ServerState.Ready(NOW));
    dispatch(new PoolView(
        List.of(lane(Want.PROBE_LANE, 0, 0), lane("exam", 0, 0)),
        List.of(new ServerUse("h1", 4, 2, 3, 4, 0, false, false, 2)),
        4,
        0,
        1,
        0,
        new PoolView.Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)));

    Sight sight = get(pool.look());

    assertThat(sight.load()).contains(new Load(1, 0));
    assertThat(sight.uses()).containsEntry(new HostId("h1"), new HostUse(false, 3, null));
  }

  @Test
  void aDispatcherThatDoesNotAnswerFailsTheLook() {
    assertThat(get(pool.look().map("seen").otherwise("failed"))).isEqualTo("failed");
  }

  @Test
  void healthIsToldUnderTheLeadersTerm() {
    get(pool.join(3, host("http://10.0.0.1:4000")));
    get(pool.close(3, new HostId("h1")));
    get(pool.leave(4, new HostId("h1")));

    ServerSpec server =
        new ServerSpec("h1", URI.create("http://10.0.0.1:4000"), "secret", 6, 3, 1, Map.of());
    assertThat(asked)
        .containsExactly(
            new HealthCommand.Join("h1", 3, server),
            new HealthCommand.Close("h1", 3),
            new HealthCommand.Leave("h1", 4));
  }

  @Test
  void aLaterLeaderMakesAnEarlierOneStale() {
    answer = new HealthAnswer.Outdated(9);
    Throwable cause = get(pool.close(3, new HostId("h1"))
        .<Throwable>map(done -> new AssertionError("done"))
        .recover(Future::succeededFuture));
    assertThat(cause).isInstanceOf(StaleFence.class).hasMessageContaining("fence 3");
  }

  @Test
  void aServerAnswersThatTellsItsLanguages() {
    StubJobe stub = StubJobe.start(vertx);
    assertThat(get(pool.answers(host(stub.url().toString())))).isTrue();
    stub.kill();
    assertThat(get(pool.answers(host(stub.url().toString())))).isFalse();
    assertThat(get(pool.answers(host("not an address")))).isFalse();
  }

  private void dispatch(PoolView view) {
    get(Listening.to(
            vertx.eventBus(),
            Addresses.questions("main", "n1"),
            PoolQuestion.class,
            question -> question.reply(new PoolAnswer.Viewed(view)))
        .completion());
  }

  private void put(ServerSpec spec, ServerState state) {
    get(map.replace(spec.id(), null, new ServerEntry(spec, state, Map.of(), 1)));
  }

  private static ServerSpec on(String host, boolean closed) {
    return new FleetMark(host, 3, closed).on(spec(host));
  }

  private static ServerSpec spec(String id) {
    return new ServerSpec(id, URI.create("http://" + id + ":4000"), null, 4, 2, 1, Map.of());
  }

  private static ServerUse use(String id, int inUse, boolean closed) {
    return new ServerUse(id, 4, 2, inUse, 4, 0, false, closed, 0);
  }

  private static LaneView lane(String name, int depth, long oldest) {
    LaneSpec spec =
        new LaneSpec(name, true, 10, 0, LaneSpec.UNLIMITED, Duration.ofSeconds(60), 1000, false);
    return new LaneView(spec, depth, oldest, 0);
  }

  private static Host host(String address) {
    return Host.born(new HostId("h1"), "i-1", address, HostState.launch("wanted", NOW));
  }
}
