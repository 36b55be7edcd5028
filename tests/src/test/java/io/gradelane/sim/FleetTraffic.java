package io.gradelane.sim;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostUse;
import io.gradelane.core.fleet.Load;
import io.gradelane.fleet.FleetPool;
import io.gradelane.sim.FleetCoverage.Met;
import io.gradelane.store.fleet.StaleFence;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pool behind the fleet: runs that come, wait, run on hosts and end. */
final class FleetTraffic implements FleetPool {

  private static final double MEAN_RUN_SECONDS = 8;
  private static final long TICK = 2_000;

  /** One server, as whoever grants sees it. A run that hangs when its machine ends keeps its permit. */
  private static final class Server {
    final String ref;
    boolean open;
    boolean closed;
    int inUse;
    boolean hangs;

    @Nullable
    Instant downSince;

    Server(String ref) {
      this.ref = ref;
    }
  }

  private final FleetScenario scenario;
  private final FleetAgenda agenda;
  private final FleetFaults faults;
  private final FleetCloud cloud;
  private final Map<HostId, Server> servers = new TreeMap<>();
  private double wanted;
  private int waiting;
  private long fence;

  FleetTraffic(FleetScenario scenario, FleetAgenda agenda, FleetFaults faults, FleetCloud cloud) {
    this.scenario = scenario;
    this.agenda = agenda;
    this.faults = faults;
    this.cloud = cloud;
    changeLevel();
    tick();
  }

  @Override
  public Future<Sight> look() {
    if (faults.strikes(Met.POOL_SILENT, 1)) {
      return Future.failedFuture("no answer");
    }
    Map<HostId, HostUse> uses = new HashMap<>();
    servers.forEach(
        (id, server) -> uses.put(id, new HostUse(server.closed, server.inUse, server.downSince)));
    Optional<Load> load = faults.strikes(Met.LOAD_UNKNOWN, 1)
        ? Optional.empty()
        : Optional.of(new Load(busy(), waiting));
    return Future.succeededFuture(new Sight(load, uses));
  }

  @Override
  public Future<Boolean> answers(Host host) {
    return Future.succeededFuture(cloud.serves(cloud.machine(host.ref())));
  }

  @Override
  public Future<Void> join(long by, Host host) {
    return fenced(by, () -> {
      Server server = servers.computeIfAbsent(host.id(), id -> new Server(host.ref()));
      server.open = true;
      server.closed = false;
      faults.tell("pool: " + host.id() + " is open");
    });
  }

  @Override
  public Future<Void> close(long by, HostId id) {
    return fenced(by, () -> {
      Server server = servers.get(id);
      if (server != null && server.open) {
        server.open = false;
        agenda.in(faults.random.nextInt(5000), () -> acknowledge(server));
      }
    });
  }

  /** Until now grants were still possible. */
  private static void acknowledge(Server server) {
    server.closed = !server.open;
  }

  @Override
  public Future<Void> leave(long by, HostId id) {
    return fenced(by, () -> {
      Server server = servers.remove(id);
      waiting += server != null && wanted < 0 ? server.inUse : 0;
      faults.tell("pool: " + id + " has left");
    });
  }

  private Future<Void> fenced(long by, Runnable task) {
    if (by < fence) {
      faults.met(Met.POOL_FENCED);
      return Future.failedFuture(new StaleFence(by, fence));
    }
    fence = by;
    task.run();
    return Future.succeededFuture();
  }

  /** Runs on a machine, by the provider's name for it. */
  int inUse(String ref) {
    return servers.values().stream()
        .filter(server -> server.ref.equals(ref))
        .mapToInt(server -> server.inUse)
        .sum();
  }

  /** The servers that take runs, all acknowledged. */
  long open() {
    return servers.values().stream().filter(server -> !server.closed).count();
  }

  int size() {
    return servers.size();
  }

  /** From now on as many runs as there are now: one that ends is followed by another. */
  void hold() {
    int slots = scenario.rules().slotsPerHost() * scenario.rules().max();
    int runs = Math.min(busy() + waiting, 2 * slots);
    waiting = Math.max(0, runs - busy());
    wanted = -1;
  }

  private void changeLevel() {
    if (wanted < 0) {
      return;
    }
    int most = scenario.rules().slotsPerHost() * scenario.rules().max();
    wanted = most * faults.random.nextDouble(scenario.steady() ? 0.9 : 1.3);
    if (!scenario.steady()) {
      agenda.in(1000L * faults.random.nextInt(60, 900), this::changeLevel);
    }
  }

  private void tick() {
    int ended = endSome();
    waiting += wanted < 0 ? ended : arrivals();
    watchHealth();
    grant();
    agenda.in(TICK, this::tick);
  }

  private int arrivals() {
    double mean = wanted * TICK / 1000 / MEAN_RUN_SECONDS;
    double chance = mean - Math.floor(mean);
    int more = (int) mean + (faults.random.nextDouble() < chance ? 1 : 0);
    return more == 0 ? 0 : faults.random.nextInt(2 * more + 1);
  }

  private int endSome() {
    int ended = 0;
    for (Server server : servers.values()) {
      boolean lost = !cloud.serves(cloud.machine(server.ref));
      if (lost && server.downSince == null && server.inUse > 0) {
        server.hangs = faults.strikes(Met.RUN_HANGS, 5);
      }
      int here = 0;
      for (int run = 0; run < server.inUse; run++) {
        here += lost || faults.random.nextDouble() * MEAN_RUN_SECONDS * 1000 < TICK ? 1 : 0;
      }
      here -= server.hangs && !faults.calm() && here == server.inUse && here > 0 ? 1 : 0;
      server.inUse -= here;
      ended += here;
    }
    return ended;
  }

  private void watchHealth() {
    for (Server server : servers.values()) {
      if (cloud.serves(cloud.machine(server.ref))) {
        server.downSince = null;
      } else if (server.downSince == null) {
        server.downSince = agenda.instant();
      }
    }
  }

  private void grant() {
    for (Server server : servers.values()) {
      boolean grantable = !server.closed && server.downSince == null;
      while (grantable && waiting > 0 && server.inUse < scenario.rules().slotsPerHost()) {
        server.inUse++;
        waiting--;
      }
    }
  }

  private int busy() {
    return servers.values().stream().mapToInt(server -> server.inUse).sum();
  }
}
