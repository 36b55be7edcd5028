package io.gradelane.system;

import io.gradelane.api.ApiPorts;
import io.gradelane.api.ApiVerticle;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.api.ops.Readiness;
import io.gradelane.bus.BusCodecs;
import io.gradelane.bus.BusPermits;
import io.gradelane.cluster.LocalMembers;
import io.gradelane.cluster.LocalServerMap;
import io.gradelane.cluster.Member;
import io.gradelane.cluster.Members;
import io.gradelane.core.dispatch.PoolRules;
import io.gradelane.core.lane.ExamWindow;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.gradelane.dispatch.DispatchPorts;
import io.gradelane.dispatch.DispatcherVerticle;
import io.gradelane.health.HealthPorts;
import io.gradelane.health.HealthRules;
import io.gradelane.health.HealthVerticle;
import io.gradelane.health.ServerSource;
import io.gradelane.health.Timers;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.settings.Settings;
import io.gradelane.store.FileStore;
import io.gradelane.store.heap.HeapFileStore;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.CodeRunnerClient;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.StubJobe;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** One node of Gradelane on a free port, with its real verticles, in front of some {@link StubJobe}s. */
final class GatewayFixture implements AutoCloseable {

  private static final String POOL = "main";

  /** What a test may set. */
  static final class Plan {
    final List<ServerSpec> servers = new ArrayList<>();
    final List<ExamWindow> windows = new ArrayList<>();
    int instances = 2;
    Duration patience = Duration.ofSeconds(30);
    Duration drainDelay = Duration.ZERO;
    Function<Vertx, FileStore> files =
        vertx -> HeapFileStore.inHeap(vertx, 64 << 20, Duration.ofHours(1), InstantSource.system());

    Plan server(StubJobe stub, int slots) {
      return server(stub, slots, slots);
    }

    Plan server(StubJobe stub, int slots, int cores) {
      return server(stub.url(), slots, cores);
    }

    Plan server(URI url, int slots, int cores) {
      servers.add(new ServerSpec("s" + (servers.size() + 1), url, null, slots, cores, 1, Map.of()));
      return this;
    }

    Plan patience(Duration longest) {
      patience = longest;
      return this;
    }

    Plan drainDelay(Duration delay) {
      drainDelay = delay;
      return this;
    }

    Plan window(ExamWindow window) {
      windows.add(window);
      return this;
    }

    Plan files(Function<Vertx, FileStore> store) {
      files = store;
      return this;
    }

    private Settings settings() {
      return new Settings(
          new Settings.Http("127.0.0.1", 0, 40 << 20, List.of("*"), instances),
          Path.of("unused"),
          new Settings.Pool(
              POOL,
              List.of(lane("default", true, 20), lane("exam", true, 40), lane("bulk", false, 10)),
              1,
              0.2,
              Duration.ofMillis(200),
              windows),
          servers,
          new Settings.Sandbox(0, 1),
          new Settings.Access(List.of()),
          new Settings.Files(null, 64 << 20, 0, 28 << 20, Duration.ofHours(1)),
          new Settings.Health(
              Duration.ofMillis(200),
              Duration.ofSeconds(2),
              Duration.ofMinutes(1),
              2,
              Duration.ofMillis(500),
              Duration.ofSeconds(5)),
          new Settings.Limits(20, 4096, 256),
          new Settings.Drain(drainDelay, Duration.ofSeconds(30)),
          new Settings.Log("text", "warn"));
    }

    private LaneSpec lane(String name, boolean live, int priority) {
      return new LaneSpec(name, live, priority, 0, LaneSpec.UNLIMITED, patience, 100_000, false);
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final LocalServerMap servers = new LocalServerMap(vertx);
  private final Members members = new LocalMembers(new Member("n1", "", "dev", 1, "", "", 0));
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Readiness readiness = new Readiness();
  private final AtomicInteger askers = new AtomicInteger();
  private final List<ApiVerticle> doors = new ArrayList<>();
  private final FileStore files;
  private final Settings settings;

  private GatewayFixture(Plan plan) {
    settings = plan.settings();
    BusCodecs.register(vertx);
    files = plan.files.apply(vertx);
    Blocking.get(vertx.deployVerticle(new HealthVerticle(healthPorts())));
    Blocking.get(vertx.deployVerticle(new DispatcherVerticle(dispatchPorts())));
    for (int i = 0; i < settings.http().instances(); i++) {
      ApiVerticle door = new ApiVerticle(apiPorts());
      Blocking.get(vertx.deployVerticle(door));
      doors.add(door);
    }
    settings.servers().forEach(server -> awaitReady(server.id()));
    readiness.started();
  }

  /** Starts one; returns when all of its servers are ready. */
  static GatewayFixture start(Plan plan) {
    return new GatewayFixture(plan);
  }

  int port() {
    return doors.getFirst().port();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  CodeRunnerClient client() {
    return new CodeRunnerClient(url());
  }

  /** Leaves as on SIGTERM; ends when nothing is in flight any more. */
  Future<Void> drain() {
    return Future.join(doors.stream().map(ApiVerticle::drain).toList()).mapEmpty();
  }

  ServerState state(String server) {
    ServerEntry entry = servers.snapshot().get(server);
    if (entry == null) {
      throw new AssertionError(
          "no server " + server + " in " + servers.snapshot().keySet());
    }
    return entry.state();
  }

  void awaitReady(String server) {
    Eventually.await(server + " is ready", () -> state(server) instanceof ServerState.Ready);
  }

  /** Runs that wait in a lane, as the dispatcher last told its meters. */
  double meter(String name, String... tags) {
    var gauge = registry.find(name).tags(tags).gauge();
    return gauge == null ? 0 : gauge.value();
  }

  @Override
  public void close() {
    Blocking.get(vertx.close());
  }

  private HealthPorts healthPorts() {
    return new HealthPorts(
        POOL,
        HealthRules.of(settings.health(), settings.pool()),
        ServerSource.of(settings.servers()),
        servers,
        members,
        () -> permits(vertx),
        registry,
        InstantSource.system(),
        System::nanoTime,
        Timers.of(vertx),
        RandomGenerator.getDefault());
  }

  private DispatchPorts dispatchPorts() {
    Settings.Pool pool = settings.pool();
    return new DispatchPorts(
        POOL,
        members,
        new PoolRules(pool.lanes(), pool.reserveFloor(), pool.retryRatio()),
        List.of(),
        pool.windows(),
        pool.warmUp(),
        servers,
        registry,
        InstantSource.system(),
        System::nanoTime);
  }

  private ApiPorts apiPorts() {
    return new ApiPorts(
        settings,
        members,
        servers,
        files,
        JobDoor.none(),
        null,
        this::permits,
        mine -> new JobeClient(mine, System::nanoTime),
        registry,
        readiness,
        InstantSource.system(),
        System::nanoTime);
  }

  private Future<BusPermits> permits(Vertx mine) {
    return BusPermits.open(mine, POOL, "n1", askers.incrementAndGet());
  }
}
