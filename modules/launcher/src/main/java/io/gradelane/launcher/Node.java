package io.gradelane.launcher;

import io.gradelane.api.ops.Readiness;
import io.gradelane.bus.BusCodecs;
import io.gradelane.cluster.LocalServerMap;
import io.gradelane.cluster.ServerMap;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.launcher.Startup.Step;
import io.gradelane.settings.Settings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One node: what it consists of, in which order it starts, and, in reverse, in which it leaves. The only place that knows
 * who implements which port.
 */
final class Node {

  private final Settings settings;
  private final Startup startup = new Startup();
  private final Readiness readiness = new Readiness();
  private final Vertx vertx;
  private final ServerMap servers;
  private final Store store;
  private final Sandboxes sandboxes;
  private final JvmMeters jvm;
  private final Verticles verticles;

  /**
   * @param name names this process in logs and on the bus
   * @param configured reads the servers; asked again at every refresh
   */
  Node(String name, Settings settings, ConfiguredServers configured) {
    this.settings = settings;
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    vertx = Vertx.vertx(options(settings.http().instances()));
    BusCodecs.register(vertx);
    servers = new LocalServerMap(vertx);
    store = new Store(vertx, settings);
    sandboxes = new Sandboxes(vertx, settings);
    jvm = new JvmMeters(registry);
    verticles = new Verticles(
        vertx,
        name,
        settings,
        servers,
        store::files,
        () -> sandboxes.orElse(configured),
        readiness,
        registry);
  }

  /** @return fails with {@link Startup.StepFailed}, and then nothing is left running */
  Future<Void> start() {
    return startup.start(List.of(
        new Step("files", store::open, store::close),
        new Step("sandboxes", sandboxes::open, sandboxes::close),
        new Step("health", verticles::deployHealth, verticles::undeployHealth),
        new Step("dispatch", verticles::deployDispatch, verticles::undeployDispatch),
        new Step("api", verticles::deployApi, verticles::drainApi),
        new Step("meters", jvm::bind, jvm::close),
        new Step("servers", this::firstProbes, Future::succeededFuture),
        new Step("ready", this::ready, Future::succeededFuture)));
  }

  /** Drains, then lets go of everything. Never fails. */
  Future<Void> close() {
    readiness.leave();
    return startup.stop().transform(stopped -> vertx.close()).otherwiseEmpty();
  }

  /** The longest that {@link #close} may take until nothing is in flight any more. */
  Duration drainTime() {
    return settings.drain().delay().plus(settings.drain().timeout());
  }

  /** The port that it listens on. */
  int port() {
    return verticles.port();
  }

  Map<String, ServerEntry> servers() {
    return servers.snapshot();
  }

  private Future<Void> firstProbes() {
    return new FirstProbes(vertx, servers).await();
  }

  private Future<Void> ready() {
    readiness.started();
    return Future.succeededFuture();
  }

  /** No more loops than have something to do: on two cores, a run that changes threads costs more than it gains. */
  private static VertxOptions options(int instances) {
    int halfTheCores = Runtime.getRuntime().availableProcessors() / 2;
    return new VertxOptions()
        .setEventLoopPoolSize(Math.max(instances, halfTheCores))
        .setWorkerPoolSize(4)
        .setInternalBlockingPoolSize(8)
        .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false));
  }
}
