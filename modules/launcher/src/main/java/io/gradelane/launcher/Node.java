package io.gradelane.launcher;

import io.gradelane.api.jobs.JobDoor;
import io.gradelane.api.ops.Readiness;
import io.gradelane.bus.BusCodecs;
import io.gradelane.bus.wire.Wire;
import io.gradelane.cluster.Member;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.launcher.Startup.Step;
import io.gradelane.launcher.Startup.StepFailed;
import io.gradelane.settings.Settings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One node: what it consists of, in which order it starts, and, in reverse, in which it leaves. The only place that knows
 * who implements which port.
 */
final class Node {

  private final Startup startup = new Startup();
  private final Readiness readiness;
  private final Ground ground;
  private final DataFolder folder;
  private final Store store;
  private final JobDatabase database;
  private final Fleet fleet;
  private final Sandboxes sandboxes;
  private final JvmMeters jvm;
  private final Verticles verticles;

  private Node(Settings settings, ConfiguredServers configured, Ground ground) {
    this.ground = ground;
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    BusCodecs.register(ground.vertx());
    readiness = new Readiness(ground.joined());
    folder = new DataFolder(ground.vertx(), settings.dataDir());
    store = new Store(ground.vertx(), ground.members(), settings);
    database = new JobDatabase(
        ground.vertx(),
        settings,
        ground.members().self().node(),
        new DatabaseMeters(registry, System::nanoTime));
    fleet = new Fleet(ground, settings, database, registry);
    sandboxes = new Sandboxes(ground.vertx(), settings, name(settings, ground));
    jvm = new JvmMeters(registry);
    verticles = new Verticles(
        ground,
        settings,
        store::files,
        new JobDoor(database::store),
        fleet,
        () -> sandboxes.orElse(configured),
        readiness,
        registry);
  }

  /**
   * A node that has joined its cluster, if it has one, and does nothing yet.
   *
   * @param name names this process in logs and on the bus
   * @param configured reads the servers; asked again at every refresh
   * @return fails with {@link Startup.StepFailed}
   */
  static Future<Node> open(String name, Settings settings, ConfiguredServers configured) {
    return Future.succeededFuture()
        .compose(any -> ground(name, settings))
        .map(ground -> new Node(settings, configured, ground))
        .recover(failure -> Future.failedFuture(new StepFailed("cluster", failure)));
  }

  /** Of the node that its sandboxes go with; none if it stands alone. */
  private static String name(Settings settings, Ground ground) {
    return settings.cluster().clustered() ? ground.members().self().node() : "";
  }

  private static Future<Ground> ground(String name, Settings settings) {
    try {
      Member self = Identity.of(name, settings, Wire.VERSION, System.currentTimeMillis());
      return Ground.open(self, settings.cluster(), options(settings));
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }

  /** @return fails with {@link Startup.StepFailed}, and then nothing is left running */
  Future<Void> start() {
    return startup.start(List.of(
        new Step("data.dir", folder::take, folder::letGo),
        new Step("files", store::open, store::close),
        new Step("files for others", store::openDoor, store::closeDoor),
        new Step("database", database::open, database::close),
        new Step("sandboxes", sandboxes::open, sandboxes::close),
        new Step("health", verticles::deployHealth, verticles::undeployHealth),
        new Step("dispatch", verticles::deployDispatch, verticles::undeployDispatch),
        new Step("keeping", verticles::deployKeeping, verticles::undeployKeeping),
        new Step("fleet", fleet::deploy, fleet::undeploy),
        new Step("jobs", verticles::deployJobs, verticles::undeployJobs),
        new Step("api", verticles::deployApi, verticles::drainApi),
        new Step("place", Future::succeededFuture, verticles::withdraw),
        new Step("meters", jvm::bind, jvm::close),
        new Step("servers", this::firstProbes, Future::succeededFuture),
        new Step("ready", this::ready, Future::succeededFuture)));
  }

  /** Drains, then lets go of everything. Never fails. */
  Future<Void> close() {
    readiness.leave();
    return startup.stop().transform(stopped -> ground.leave().get()).otherwiseEmpty();
  }

  /** The longest that {@link #close} may take until nothing is in flight any more. */
  static Duration drainTime(Settings settings) {
    return settings.drain().delay().plus(settings.drain().timeout());
  }

  /** The port that it listens on. */
  int port() {
    return verticles.port();
  }

  Map<String, ServerEntry> servers() {
    return ground.servers().snapshot();
  }

  private Future<Void> firstProbes() {
    return new FirstProbes(ground.vertx(), ground.servers()).await();
  }

  private Future<Void> ready() {
    readiness.started();
    return Future.succeededFuture();
  }

  /** Threads that wait for other members are made only when there are some. */
  private static VertxOptions options(Settings settings) {
    int halfTheCores = Runtime.getRuntime().availableProcessors() / 2;
    return new VertxOptions()
        .setEventLoopPoolSize(Math.max(settings.http().instances(), halfTheCores))
        .setWorkerPoolSize(settings.cluster().clustered() ? 16 : 4)
        .setInternalBlockingPoolSize(8)
        .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false));
  }
}
