package io.gradelane.launcher;

import io.gradelane.api.ApiPorts;
import io.gradelane.api.ApiVerticle;
import io.gradelane.api.JobsVerticle;
import io.gradelane.api.KeepingVerticle;
import io.gradelane.api.hooks.WebhooksVerticle;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.api.ops.Readiness;
import io.gradelane.api.records.RecordBook;
import io.gradelane.bus.BusPermits;
import io.gradelane.cluster.Members;
import io.gradelane.cluster.ServerMap;
import io.gradelane.core.dispatch.PoolRules;
import io.gradelane.core.dispatch.TenantLimits;
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
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The verticles of one node, with what they are handed. */
final class Verticles {

  private final Vertx vertx;
  private final String node;
  private final Members members;
  private final Settings settings;
  private final ServerMap servers;
  private final Supplier<FileStore> files;
  private final JobDoor jobs;
  private final Fleet fleet;
  private final Supplier<ServerSource> source;
  private final Readiness readiness;
  private final PrometheusMeterRegistry registry;
  private final RecordBook records;
  private final AtomicInteger askers = new AtomicInteger();

  private final List<ApiVerticle> apis = new ArrayList<>();
  private @Nullable HealthVerticle health;
  private @Nullable DispatcherVerticle dispatch;
  private String keeping = "";
  private String engine = "";
  private String webhooks = "";

  Verticles(
      Ground ground,
      Settings settings,
      Supplier<FileStore> files,
      JobDoor jobs,
      Fleet fleet,
      Supplier<ServerSource> source,
      Readiness readiness,
      PrometheusMeterRegistry registry) {
    vertx = ground.vertx();
    members = ground.members();
    node = members.self().node();
    this.settings = settings;
    servers = ground.servers();
    this.files = files;
    this.jobs = jobs;
    this.fleet = fleet;
    this.source = source;
    this.readiness = readiness;
    this.registry = registry;
    records = settings.records().enabled() && settings.hasDatabase()
        ? RecordBook.of(RecordBook.USUAL)
        : RecordBook.closed();
  }

  Future<?> deployHealth() {
    HealthPorts ports = new HealthPorts(
        settings.pool().name(),
        HealthRules.of(settings.health(), settings.pool()),
        source.get(),
        servers,
        members,
        () -> permits(vertx),
        registry,
        InstantSource.system(),
        System::nanoTime,
        Timers.of(vertx),
        RandomGenerator.of("L64X128MixRandom"));
    HealthVerticle verticle = new HealthVerticle(ports);
    return vertx.deployVerticle(verticle).map(id -> health = verticle);
  }

  /** Nothing new shall start on sandboxes of this node, and another one shall dispatch. */
  Future<Void> withdraw() {
    if (health != null) {
      health.leave();
    }
    return dispatch == null ? Future.succeededFuture() : dispatch.leave();
  }

  Future<Void> undeployHealth() {
    return health == null ? Future.succeededFuture() : vertx.undeploy(health.deploymentID());
  }

  Future<?> deployDispatch() {
    Settings.Pool pool = settings.pool();
    DispatchPorts ports = new DispatchPorts(
        pool.name(),
        members,
        new PoolRules(pool.lanes(), pool.reserveFloor(), pool.retryRatio())
            .with(settings.fleet().allocation()),
        tenants(),
        pool.windows(),
        pool.warmUp(),
        servers,
        registry,
        InstantSource.system(),
        System::nanoTime);
    DispatcherVerticle verticle = new DispatcherVerticle(ports);
    return vertx.deployVerticle(verticle).map(id -> dispatch = verticle);
  }

  Future<Void> undeployDispatch() {
    return dispatch == null ? Future.succeededFuture() : vertx.undeploy(dispatch.deploymentID());
  }

  Future<?> deployKeeping() {
    return vertx.deployVerticle(new KeepingVerticle(apiPorts())).map(id -> keeping = id);
  }

  Future<Void> undeployKeeping() {
    return vertx.undeploy(keeping);
  }

  Future<?> deployJobs() {
    return vertx
        .deployVerticle(new JobsVerticle(apiPorts()))
        .map(id -> engine = id)
        .compose(id -> vertx.deployVerticle(new WebhooksVerticle(apiPorts())))
        .map(id -> webhooks = id);
  }

  /** Ends when what ran has ended and is kept. */
  Future<Void> undeployJobs() {
    return vertx.undeploy(webhooks).transform(gone -> vertx.undeploy(engine));
  }

  /** All of them, or none. */
  Future<?> deployApi() {
    ApiPorts ports = apiPorts();
    Future<?> deployed = Future.succeededFuture();
    for (int i = 0; i < settings.http().instances(); i++) {
      deployed = deployed.compose(before -> deployOne(new ApiVerticle(ports)));
    }
    return deployed.recover(
        failure -> drainApi().transform(ended -> Future.failedFuture(inWords(failure))));
  }

  /** Ends when what was in flight has ended; the slowest verticle counts. */
  Future<Void> drainApi() {
    List<ApiVerticle> all = List.copyOf(apis);
    apis.clear();
    return Future.join(all.stream().map(this::drainAndUndeploy).toList()).mapEmpty();
  }

  int port() {
    return apis.getFirst().port();
  }

  private ApiPorts apiPorts() {
    return new ApiPorts(
        settings,
        members,
        servers,
        files.get(),
        jobs,
        fleet.door(),
        this::permits,
        onLoop -> new JobeClient(onLoop, System::nanoTime),
        registry,
        readiness,
        InstantSource.system(),
        System::nanoTime,
        records);
  }

  /** What is kept of it is kept before the next step: an onSuccess may run later than that on another thread. */
  private Future<Boolean> deployOne(ApiVerticle api) {
    return vertx.deployVerticle(api).map(id -> apis.add(api));
  }

  private Future<Void> drainAndUndeploy(ApiVerticle api) {
    return api.drain().transform(drained -> vertx.undeploy(api.deploymentID()));
  }

  private Future<BusPermits> permits(Vertx onLoop) {
    return BusPermits.open(onLoop, settings.pool().name(), node, askers.incrementAndGet());
  }

  private List<TenantLimits> tenants() {
    return settings.access().keys().stream()
        .map(key ->
            new TenantLimits(key.name(), key.maxInFlight(), key.maxQueued(), key.perMinute()))
        .toList();
  }

  private Throwable inWords(Throwable failure) {
    return PortTaken.orElse(
        failure,
        settings.http().host(),
        settings.http().port(),
        "http.port or GRADELANE_HTTP_PORT");
  }
}
