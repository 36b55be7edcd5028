package io.gradelane.api;

import io.gradelane.api.access.KeyRing;
import io.gradelane.api.contract.Contract;
import io.gradelane.api.docs.Docs;
import io.gradelane.api.face.JobeFace;
import io.gradelane.api.http.Exchanges;
import io.gradelane.api.http.Guests;
import io.gradelane.api.journey.JourneyPorts;
import io.gradelane.api.journey.Logbook;
import io.gradelane.api.journey.RunJourney;
import io.gradelane.api.ops.NodeMeters;
import io.gradelane.api.ops.Probes;
import io.gradelane.api.ops.RunMeters;
import io.gradelane.api.servers.Languages;
import io.gradelane.api.v1.FleetRooms;
import io.gradelane.api.v1.JobRooms;
import io.gradelane.api.v1.Rooms;
import io.gradelane.api.watch.WatchRoom;
import io.gradelane.bus.Addresses;
import io.gradelane.bus.Permits;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers HTTP: Jobe's face, {@code /api/v1}, probes, metrics. Several may share the port, each on an event loop of its
 * own with everything that its requests meet.
 *
 * <p>{@link #drain()} before undeploying loses no request; without it, what is in flight is broken off.
 */
public final class ApiVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(ApiVerticle.class);

  private static final long SWEEP_MILLIS = 5_000;
  private static final Duration SECOND = Duration.ofSeconds(1);
  /** So long those who watch may take to read that they are sent away. */
  private static final Duration BYE = Duration.ofSeconds(1);

  /** Shares one free port among the verticles of a node; 0 would give each its own. */
  private static final int ANY_SHARED_PORT = -1;

  /** One part in so many of the heap is for runs that wait. */
  private static final int HEAP_SHARE = 4;

  private static final AtomicInteger instances = new AtomicInteger();

  private final ApiPorts ports;
  private final Duration watchEvery;
  private @Nullable HttpServer server;
  private @Nullable JobeClient client;
  private @Nullable RunJourney journey;
  private @Nullable WatchRoom watch;

  public ApiVerticle(ApiPorts ports) {
    this(ports, SECOND);
  }

  /** @param watchEvery between two looks at what is watched, should no hint come */
  ApiVerticle(ApiPorts ports, Duration watchEvery) {
    this.ports = ports;
    this.watchEvery = watchEvery;
  }

  /** The contract is read aside: the first time takes a while. */
  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(Contract::ours)
        .compose(read -> ports.permits().apply(vertx))
        .compose(this::open);
  }

  private Future<?> open(Permits permits) {
    Settings settings = ports.settings();
    Guests guests = new Guests(ports.nanos());
    RandomGenerator random = RandomGenerator.getDefault();
    JobeClient servers = ports.client().apply(vertx);
    Languages languages = new Languages(ports.servers());
    RunJourney runs =
        new RunJourney(journeyPorts(vertx, ports, logbook(), permits, servers, languages, random));
    KeyRing keys = new KeyRing(settings);
    WatchRoom watched = WatchRoom.open(
        vertx,
        settings,
        ports.members().self().node(),
        ports.servers(),
        ports.jobs(),
        keys,
        new SecureRandom(),
        ports.nanos());
    FrontDoor door = new FrontDoor(
        new Exchanges(guests, random, ports.nanos(), ports.readiness()::isLeaving),
        new JobeFace(settings, keys, languages, ports.files(), runs),
        Rooms.open(
            settings,
            ports.members(),
            keys,
            ports.servers(),
            languages,
            vertx,
            runs,
            new JobRooms(ports.jobs(), ports.clock(), random),
            new FleetRooms(settings.fleet(), ports.fleet(), ports.clock())),
        watched,
        new Probes(ports.readiness(), ports.registry()),
        new Docs(vertx, settings.http().docs()));
    client = servers;
    journey = runs;
    watch = watched;
    keepTime(guests, watched);
    return listen(door, guests);
  }

  private Logbook logbook() {
    return new Logbook(ports.members().self().node(), ports.records()::add);
  }

  /** What runs meet that begin on this loop. */
  static JourneyPorts journeyPorts(
      Vertx vertx,
      ApiPorts ports,
      Logbook logbook,
      Permits permits,
      JobeClient servers,
      Languages languages,
      RandomGenerator random) {
    String evidence = Addresses.evidence(ports.settings().pool().name());
    return new JourneyPorts(
        permits,
        servers,
        ports.servers(),
        ports.files(),
        languages,
        ports.settings().limits(),
        new RunMeters(ports.registry()),
        logbook,
        told -> vertx.eventBus().publish(evidence, told),
        ports.clock(),
        ports.nanos(),
        random,
        Runtime.getRuntime().maxMemory() / HEAP_SHARE / ports.settings().http().instances());
  }

  private void keepTime(Guests guests, WatchRoom watched) {
    NodeMeters meters = new NodeMeters(
        ports.registry(), guests, watched::count, instances.getAndIncrement(), ports.nanos());
    vertx.setPeriodic(watchEvery.toMillis(), timer -> watched.tick());
    vertx.setPeriodic(NodeMeters.LAG_EVERY_MILLIS, timer -> meters.tick());
    vertx.setPeriodic(SWEEP_MILLIS, timer -> guests.sweep());
  }

  private Future<HttpServer> listen(FrontDoor door, Guests guests) {
    Settings.Http http = ports.settings().http();
    HttpServer opened = vertx
        .createHttpServer(options())
        .connectionHandler(guests::arrived)
        .requestHandler(door::enter)
        .invalidRequestHandler(door::turnAway)
        .exceptionHandler(cause -> log.debug("a connection broke", cause));
    server = opened;
    int port = http.port() == 0 && http.instances() > 1 ? ANY_SHARED_PORT : http.port();
    return opened.listen(port, http.host());
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setReuseAddress(true)
        .setTcpNoDelay(true)
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setWebSocketSubProtocols(WatchRoom.protocols())
        .setMaxWebSocketFrameSize(WatchRoom.mostMessageBytes())
        .setMaxWebSocketMessageSize(WatchRoom.mostMessageBytes())
        .setHandle100ContinueAutomatically(false)
        .setMaxInitialLineLength(8 * 1024)
        .setMaxHeaderSize(16 * 1024)
        .setMaxChunkSize(64 * 1024)
        .setAcceptBacklog(4096);
  }

  /** The port that it listens on. */
  public int port() {
    return Objects.requireNonNull(server, "not started").actualPort();
  }

  /**
   * Leaves without losing a request: readiness fails at once and each answer closes its connection; after
   * {@code drain.delay}, by which balancers have looked elsewhere, those who watch are sent to other nodes and nothing new
   * is accepted; ends when what is in flight has ended, or after {@code drain.timeout}. Safe from any thread.
   */
  public Future<Void> drain() {
    ports.readiness().leave();
    Settings.Drain drain = ports.settings().drain();
    Promise<Void> drained = Promise.promise();
    context.runOnContext(turn -> later(drain.delay())
        .compose(waited -> watchersLeave())
        .compose(left -> closeServer(drain.timeout()))
        .compose(closed -> runsEnd(drain.timeout()))
        .onComplete(drained));
    return drained.future();
  }

  /** Open WebSockets would hold up the server for all of its time-out. */
  private Future<Void> watchersLeave() {
    return watch == null
        ? Future.succeededFuture()
        : Future.any(watch.leave(), later(BYE)).otherwiseEmpty().mapEmpty();
  }

  private Future<Void> closeServer(Duration timeout) {
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs whose callers have gone still hold permits. */
  private Future<Void> runsEnd(Duration timeout) {
    return journey == null
        ? Future.succeededFuture()
        : Future.any(journey.idle(), later(timeout)).mapEmpty();
  }

  private Future<Void> later(Duration delay) {
    return delay.toMillis() < 1
        ? Future.succeededFuture()
        : vertx.timer(delay.toMillis()).mapEmpty();
  }

  @Override
  public Future<?> stop() {
    return client == null ? Future.succeededFuture() : client.close();
  }
}
