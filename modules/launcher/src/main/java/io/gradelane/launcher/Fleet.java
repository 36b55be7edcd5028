package io.gradelane.launcher;

import io.gradelane.core.fleet.HostId;
import io.gradelane.fleet.ExamSource;
import io.gradelane.fleet.FleetPorts;
import io.gradelane.fleet.FleetVerticle;
import io.gradelane.fleet.Lease;
import io.gradelane.fleet.SoleLease;
import io.gradelane.fleet.Timers;
import io.gradelane.fleet.calendar.ExamCalendar;
import io.gradelane.fleet.calendar.FileExams;
import io.gradelane.fleet.pool.Batches;
import io.gradelane.fleet.pool.BusPool;
import io.gradelane.fleet.pool.DatabaseLease;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.settings.FleetSettings;
import io.gradelane.settings.Settings;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.heap.HeapFleetTable;
import io.gradelane.store.jobs.JobStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * This node's part in keeping the fleet, if there is one. Hosts are written down in the database that the nodes share, where
 * a lease says who keeps them; a node without a database keeps them alone, in its heap.
 */
final class Fleet {

  private static final int NAME_BYTES = 6;

  private final Ground ground;
  private final Vertx vertx;
  private final Settings settings;
  private final FleetSettings wish;
  private final JobDatabase database;
  private final MeterRegistry meters;
  private final SecureRandom random = new SecureRandom();
  private final @Nullable FleetTable table;
  private @Nullable JobeClient client;
  private @Nullable FleetVerticle verticle;

  Fleet(Ground ground, Settings settings, JobDatabase database, MeterRegistry meters) {
    this.ground = ground;
    vertx = ground.vertx();
    this.settings = settings;
    wish = settings.fleet();
    this.database = database;
    this.meters = meters;
    table = wish.exists() ? table(settings, database) : null;
  }

  private static FleetTable table(Settings settings, JobDatabase database) {
    return settings.hasDatabase()
        ? new LateFleetTable(() -> database.store().map(JobStore::fleet))
        : new HeapFleetTable();
  }

  /** Null if there is no fleet. */
  @Nullable
  FleetTable table() {
    return table;
  }

  Future<?> deploy() {
    if (table == null) {
      return Future.succeededFuture();
    }
    FleetVerticle made = new FleetVerticle(ports(table));
    return vertx.deployVerticle(made).map(id -> verticle = made);
  }

  /** Hosts that can't outlive this node end here: by now nothing runs on them. */
  Future<?> undeploy() {
    Future<?> undeployed =
        verticle == null ? Future.succeededFuture() : vertx.undeploy(verticle.deploymentID());
    return undeployed.eventually(() -> client == null ? Future.succeededFuture() : client.close());
  }

  private FleetPorts ports(FleetTable hosts) {
    return new FleetPorts(
        settings.pool().name(),
        node(),
        wish.rules(),
        wish.interval(),
        this::name,
        new Providers(ground, settings).chosen(),
        hosts,
        lease(),
        pool(),
        exams(),
        meters,
        InstantSource.system(),
        System::nanoTime,
        Timers.of(vertx));
  }

  private BusPool pool() {
    JobeClient opened = new JobeClient(vertx, System::nanoTime);
    client = opened;
    return new BusPool(
        vertx.eventBus(),
        settings.pool().name(),
        node(),
        ground.servers(),
        wish.forecasts() ? Batches.of(database::store) : Batches.none(),
        opened,
        new BusPool.Like(wish.rules().slotsPerHost(), wish.apiKey()));
  }

  private Lease lease() {
    return settings.hasDatabase()
        ? new DatabaseLease(
            () -> database.store().map(JobStore::leases),
            "fleet." + settings.pool().name(),
            node(),
            Timers.of(vertx))
        : new SoleLease();
  }

  private ExamSource exams() {
    FleetSettings.Calendar calendar = wish.calendar();
    Path file = calendar.file();
    return file == null
        ? ExamSource.of(wish.exams())
        : new FileExams(
            vertx,
            wish.exams(),
            file,
            new ExamCalendar(calendar.zone(), calendar.students()),
            InstantSource.system());
  }

  private HostId name() {
    byte[] bytes = new byte[NAME_BYTES];
    random.nextBytes(bytes);
    return new HostId("h-" + HexFormat.of().formatHex(bytes));
  }

  private String node() {
    return ground.members().self().node();
  }
}
