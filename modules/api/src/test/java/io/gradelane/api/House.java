package io.gradelane.api;

import io.gradelane.api.jobs.JobDoor;
import io.gradelane.api.ops.Readiness;
import io.gradelane.api.records.RecordBook;
import io.gradelane.bus.Addresses;
import io.gradelane.bus.BusCodecs;
import io.gradelane.bus.BusMessage.Evidence;
import io.gradelane.cluster.LocalMembers;
import io.gradelane.cluster.LocalServerMap;
import io.gradelane.cluster.Member;
import io.gradelane.cluster.Members;
import io.gradelane.core.fleet.Exam;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.settings.FleetSettings;
import io.gradelane.settings.Settings;
import io.gradelane.settings.Settings.ApiKey;
import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.heap.HeapExamBook;
import io.gradelane.store.heap.HeapFileStore;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.StubJobe;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An API verticle on a free port, in front of {@link StubJobe}s named s1, s2, … and {@link FakePermits}. */
final class House implements AutoCloseable {

  static final String RUNS = "/jobe/index.php/restapi/runs";
  static final String HELLO = spec("print('hello')");
  static final Map<String, String> PYTHON = Map.of("python3", "3.11.2");

  /** What a test may set. */
  static final class Plan {
    Supplier<Vertx> vertx = Vertx::vertx;
    Duration watchEvery = Duration.ofSeconds(1);
    int servers = 2;
    long maxBodyBytes = 1 << 20;
    long maxFileBytes = 1 << 19;
    List<String> origins = List.of("*");
    List<ApiKey> keys = List.of();
    Duration drainDelay = Duration.ZERO;
    LongSupplier nanos = System::nanoTime;
    JobDoor jobs = JobDoor.none();
    RecordBook records = RecordBook.closed();
    Path dataDir = Path.of("unused");
    long maxUploadBytes = 1 << 24;
    boolean docs = true;

    @Nullable
    FleetTable fleet;

    ExamBook exams = new HeapExamBook();
    Supplier<Future<List<Exam>>> calendar = () -> Future.succeededFuture(List.of());
    List<Exam> configuredExams = List.of();

    Settings.Webhooks webhooks = new Settings.Webhooks(List.of(), false);
    List<LaneSpec> lanes = List.of(lane("default"), lane("exam"), lane("bulk"));

    Settings settings() {
      Settings alone = alone();
      return new Settings(
          alone.http(),
          alone.dataDir(),
          alone.pool(),
          alone.servers(),
          alone.sandbox(),
          alone.access(),
          alone.files(),
          alone.database(),
          new Settings.Jobs(maxUploadBytes),
          alone.webhooks(),
          alone.health(),
          alone.limits(),
          alone.drain(),
          alone.log(),
          alone.cluster(),
          alone.records(),
          fleet(alone.fleet()));
    }

    private FleetSettings fleet(FleetSettings usual) {
      return new FleetSettings(
          usual.provider(),
          usual.cluster(),
          usual.rules(),
          usual.interval(),
          usual.allocation(),
          usual.apiKey(),
          usual.calendar(),
          configuredExams);
    }

    @Nullable
    FleetDoor door() {
      return fleet == null ? null : new FleetDoor(fleet, exams, calendar);
    }

    private Settings alone() {
      return new Settings(
              new Settings.Http("127.0.0.1", 0, maxBodyBytes, origins, 1, docs),
              dataDir,
              new Settings.Pool("main", lanes, 1, 0.2, Duration.ofSeconds(1)),
              List.of(),
              new Settings.Sandbox(0, 1),
              new Settings.Access(keys),
              new Settings.Files(null, 1 << 22, 0, maxFileBytes, Duration.ofDays(1)),
              new Settings.Health(
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(1),
                  Duration.ofMinutes(1),
                  2,
                  Duration.ofSeconds(1),
                  Duration.ofMinutes(1)),
              new Settings.Limits(20, 1000, 256),
              new Settings.Drain(drainDelay, Duration.ofSeconds(20)),
              new Settings.Log("text", "info"))
          .with(webhooks);
    }
  }

  final Vertx vertx;
  final LocalServerMap servers;
  final List<StubJobe> stubs = new ArrayList<>();
  final List<Evidence> evidence = new CopyOnWriteArrayList<>();
  private final Members members = new LocalMembers(new Member("n1", "", "dev", 1, "", "", 0));
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final Readiness readiness = new Readiness();
  final ApiPorts ports;
  final ApiVerticle verticle;
  private volatile @Nullable FakePermits permits;

  House(Plan plan) {
    vertx = plan.vertx.get();
    servers = new LocalServerMap(vertx);
    BusCodecs.register(vertx);
    vertx
        .eventBus()
        .<Evidence>consumer(Addresses.evidence("main"), told -> evidence.add(told.body()));
    for (int i = 1; i <= plan.servers; i++) {
      StubJobe stub = StubJobe.start(vertx);
      stubs.add(stub);
      add("s" + i, stub.url(), PYTHON);
    }
    HeapFileStore files =
        HeapFileStore.inHeap(vertx, 1 << 22, Duration.ofDays(1), InstantSource.system());
    ports = new ApiPorts(
        plan.settings(),
        members,
        servers,
        files,
        plan.jobs,
        plan.door(),
        this::openPermits,
        mine -> new JobeClient(mine, System::nanoTime),
        registry,
        readiness,
        InstantSource.system(),
        plan.nanos,
        plan.records);
    verticle = new ApiVerticle(ports, plan.watchEvery);
    Blocking.get(vertx.deployVerticle(verticle));
    readiness.started();
  }

  House() {
    this(new Plan());
  }

  private Future<FakePermits> openPermits(Vertx mine) {
    FakePermits opened = new FakePermits(mine, servers);
    permits = opened;
    return Future.succeededFuture(opened);
  }

  static LaneSpec lane(String name) {
    return new LaneSpec(name, true, 10, 0, LaneSpec.UNLIMITED, Duration.ofSeconds(60), 1000, false);
  }

  FakePermits permits() {
    return Objects.requireNonNull(permits);
  }

  StubJobe stub(int number) {
    return stubs.get(number - 1);
  }

  void add(String id, URI url, Map<String, String> languages) {
    ServerSpec spec = new ServerSpec(id, url, null, 4, 2, 1, Map.of());
    ServerState ready = new ServerState.Ready(Instant.EPOCH);
    Blocking.get(servers.replace(id, null, new ServerEntry(spec, ready, languages, 1)));
  }

  int port() {
    return verticle.port();
  }

  Wire open() {
    return Wire.open(port());
  }

  Wire.Answer send(String request) {
    Wire.Answer answer = Wire.once(port(), request);
    String[] line = request.split(" ", 3);
    Conformity.check(line[0], line[1], answer);
    return answer;
  }

  Wire.Answer get(String path, String... headers) {
    return send(request("GET", path, "", headers));
  }

  Wire.Answer post(String path, String body, String... headers) {
    return send(request("POST", path, body, headers));
  }

  Wire.Answer put(String id, String body, String... headers) {
    return send(request("PUT", "/jobe/index.php/restapi/files/" + id, body, headers));
  }

  Wire.Answer run(String... headers) {
    return post(RUNS, HELLO, headers);
  }

  static String request(String method, String path, String body, String... headers) {
    StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: gateway\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return text.append("\r\n").append(body).toString();
  }

  static String spec(String source) {
    return spec(source, new JsonObject());
  }

  /** @param more members of the {@code run_spec} */
  static String spec(String source, JsonObject more) {
    JsonObject spec = new JsonObject().put("language_id", "python3").put("sourcecode", source);
    return new JsonObject().put("run_spec", spec.mergeIn(more)).encode();
  }

  static ApiKey key(String name, String key, Set<String> lanes, Set<String> scopes) {
    return new ApiKey(name, sha256(key), lanes, "default", scopes, 10, 10, 1000);
  }

  private static String sha256(String key) {
    try {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  double count(String meter, String... tags) {
    var counter = registry.find(meter).tags(tags).counter();
    return counter == null ? 0 : counter.count();
  }

  @Override
  public void close() {
    stubs.forEach(StubJobe::releaseAll);
    Blocking.get(vertx.close());
  }
}
