package io.gradelane.launcher;

import io.gradelane.api.FleetDoor;
import io.gradelane.core.fleet.HostId;
import io.gradelane.fleet.ExamSource;
import io.gradelane.fleet.FleetPorts;
import io.gradelane.fleet.FleetVerticle;
import io.gradelane.fleet.Lease;
import io.gradelane.fleet.SoleLease;
import io.gradelane.fleet.Timers;
import io.gradelane.fleet.calendar.AllExams;
import io.gradelane.fleet.calendar.ExamCalendar;
import io.gradelane.fleet.calendar.FileExams;
import io.gradelane.fleet.calendar.ToldExams;
import io.gradelane.fleet.pool.Batches;
import io.gradelane.fleet.pool.BusPool;
import io.gradelane.fleet.pool.DatabaseLease;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.settings.FleetSettings;
import io.gradelane.settings.Settings;
import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.heap.HeapExamBook;
import io.gradelane.store.heap.HeapFleetTable;
import io.gradelane.store.jobs.JobStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
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
  private final @Nullable FleetDoor door;
  private @Nullable JobeClient client;
  private @Nullable FleetVerticle verticle;

  Fleet(Ground ground, Settings settings, JobDatabase database, MeterRegistry meters) {
    this.ground = ground;
    vertx = ground.vertx();
    this.settings = settings;
    wish = settings.fleet();
    this.database = database;
    this.meters = meters;
    door = wish.exists() ? new FleetDoor(table(), book(), inCalendar()::read) : null;
  }

  private FleetTable table() {
    return settings.hasDatabase()
        ? new LateFleetTable(() -> database.store().map(JobStore::fleet))
        : new HeapFleetTable();
  }

  private ExamBook book() {
    return settings.hasDatabase()
        ? new LateExamBook(() -> database.store().map(JobStore::exams))
        : new HeapExamBook();
  }

  /** Null if there is no fleet. */
  @Nullable
  FleetDoor door() {
    return door;
  }

  Future<?> deploy() {
    if (door == null) {
      return Future.succeededFuture();
    }
    FleetVerticle made = new FleetVerticle(ports(door));
    return vertx.deployVerticle(made).map(id -> verticle = made);
  }

  /** Hosts that can't outlive this node end here: by now nothing runs on them. */
  Future<?> undeploy() {
    Future<?> undeployed =
        verticle == null ? Future.succeededFuture() : vertx.undeploy(verticle.deploymentID());
    return undeployed.eventually(() -> client == null ? Future.succeededFuture() : client.close());
  }

  private FleetPorts ports(FleetDoor known) {
    return new FleetPorts(
        settings.pool().name(),
        node(),
        wish.rules(),
        wish.interval(),
        this::name,
        new Providers(ground, settings).chosen(),
        known.table(),
        lease(),
        pool(),
        new AllExams(
            List.of(ExamSource.of(wish.exams()), inCalendar(), new ToldExams(known.exams()))),
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

  private ExamSource inCalendar() {
    FleetSettings.Calendar calendar = wish.calendar();
    Path file = calendar.file();
    return file == null
        ? ExamSource.of(List.of())
        : new FileExams(
            vertx,
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
