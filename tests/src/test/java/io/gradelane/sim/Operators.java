package io.gradelane.sim;

import io.gradelane.core.lane.LaneSpec;
import io.gradelane.sim.Coverage.Met;
import java.time.Duration;
import java.util.SplittableRandom;

/** What happens to servers, and what operators do to servers, lanes and tenants. */
final class Operators {

  private final World world;
  private final Ledger books;
  private final SplittableRandom random;

  Operators(World world) {
    this.world = world;
    this.books = world.books;
    this.random = world.random;
  }

  void begin() {
    world.at(random.nextInt(10_000), this::serverEvent);
    world.at(random.nextInt(10_000), this::operatorEvent);
    if (random.nextInt(4) == 0) {
      world.at(random.nextInt(60_000), this::storm);
    }
  }

  /** Every server is good, every lane open: what is under way can end. */
  void mendAll() {
    for (SimServer server : books.servers) {
      server.health = SimServer.Health.GOOD;
      server.known = true;
      server.grantable = true;
      server.share = 1;
      announce(server);
    }
    for (SimLane lane : books.lanes) {
      LaneSpec spec = lane.spec;
      change(
          lane, spec.live(), spec.priority(), 0, LaneSpec.UNLIMITED, spec.patience(), 5000, false);
    }
  }

  private void serverEvent() {
    if (world.closing()) {
      return;
    }
    SimServer server = books.servers.get(random.nextInt(books.servers.size()));
    if (server.health == SimServer.Health.GOOD && server.takesRuns()) {
      switch (random.nextInt(7)) {
        case 0, 1 -> die(server);
        case 2 -> freeze(server);
        case 3 -> refuse(server);
        case 4 -> remove(server);
        case 5 -> drain(server);
        default -> resize(server);
      }
    }
    world.at(random.nextInt(500, 15_000), this::serverEvent);
  }

  private void die(SimServer server) {
    world.say(server.id + " dies");
    world.coverage.met(Met.DIED);
    server.health = SimServer.Health.DEAD;
    new Callers(world).lose(server);
    world.at(random.nextInt(200, 3_000), () -> down(server));
  }

  private void freeze(SimServer server) {
    world.say(server.id + " freezes");
    world.coverage.met(Met.FROZE);
    server.health = SimServer.Health.FROZEN;
    world.at(random.nextInt(1_000, 6_000), () -> down(server));
  }

  private void refuse(SimServer server) {
    world.say(server.id + " refuses");
    server.health = SimServer.Health.REFUSING;
    world.at(random.nextInt(500, 5_000), () -> server.health = SimServer.Health.GOOD);
  }

  /** Another client of the same servers has an exam: all of them refuse for a while. */
  private void storm() {
    if (world.closing()) {
      return;
    }
    world.say("storm");
    world.coverage.met(Met.STORM);
    books.servers.stream()
        .filter(server -> server.health == SimServer.Health.GOOD)
        .forEach(server -> server.health = SimServer.Health.REFUSING);
    world.at(
        random.nextInt(5_000, 40_000),
        () -> books.servers.stream()
            .filter(server -> server.health == SimServer.Health.REFUSING)
            .forEach(server -> server.health = SimServer.Health.GOOD));
  }

  private void remove(SimServer server) {
    world.coverage.met(Met.REMOVED);
    server.known = false;
    world.say(server.id + " is removed");
    world.tell(() -> world.dispatcher.removeServer(server.id, world.now()));
    world.at(random.nextInt(1_000, 20_000), () -> {
      if (!server.known) {
        server.known = true;
        announce(server);
      }
    });
  }

  private void drain(SimServer server) {
    world.coverage.met(Met.DRAINED);
    server.grantable = false;
    announce(server);
    world.at(random.nextInt(1_000, 20_000), () -> up(server));
  }

  private void resize(SimServer server) {
    world.coverage.met(Met.SLOTS_CHANGED);
    if (!world.scenario.has(Scenario.Edge.ONE_SERVER_TWO_SLOTS)
        && !world.scenario.has(Scenario.Edge.ONE_SLOT)) {
      server.slots = random.nextInt(1, 13);
    }
    server.noteAbove();
    server.cores = 1 + random.nextInt(server.slots);
    server.weight = random.nextDouble(0.5, 3);
    server.noteAbove();
    announce(server);
  }

  private void down(SimServer server) {
    if (server.known && !world.closing()) {
      server.grantable = false;
      announce(server);
    }
    world.at(random.nextInt(2_000, 30_000), () -> back(server));
  }

  private void back(SimServer server) {
    if (world.closing()) {
      return;
    }
    world.coverage.met(Met.CAME_BACK);
    server.health = SimServer.Health.GOOD;
    server.grantable = true;
    if (server.known) {
      warm(server, 0.1);
    }
  }

  private void warm(SimServer server, double share) {
    if (!server.takesRuns() || world.closing()) {
      return;
    }
    world.coverage.met(Met.WARMED);
    server.share = Math.min(1, share);
    announce(server);
    if (share < 1) {
      world.at(3_000, () -> warm(server, share + 0.3));
    }
  }

  private void up(SimServer server) {
    if (!world.closing() && server.known && server.health == SimServer.Health.GOOD) {
      server.grantable = true;
      announce(server);
    }
  }

  private void announce(SimServer server) {
    world.say(server.view());
    world.tell(() -> world.dispatcher.server(server.view(), world.now()));
  }

  private void operatorEvent() {
    if (world.closing()) {
      return;
    }
    SimLane lane = books.lanes.get(random.nextInt(books.lanes.size()));
    LaneSpec spec = lane.spec;
    switch (random.nextInt(8)) {
      case 0 -> recap(lane);
      case 1 -> pause(lane);
      case 2 -> reprioritise(lane);
      case 3 -> {
        world.coverage.met(Met.PATIENCE_CHANGED);
        Duration patience = Duration.ofSeconds(random.nextInt(2, 100));
        change(
            lane,
            spec.live(),
            spec.priority(),
            spec.min(),
            spec.cap(),
            patience,
            spec.maxQueued(),
            spec.paused());
      }
      case 4 -> changeTenant();
      case 5 -> changeSide(lane);
      case 6 -> changeFloor();
      default -> {
        int queued = random.nextInt(0, 60);
        change(
            lane,
            spec.live(),
            spec.priority(),
            spec.min(),
            spec.cap(),
            spec.patience(),
            queued,
            spec.paused());
      }
    }
    world.at(random.nextInt(1_000, 20_000), this::operatorEvent);
  }

  private void recap(SimLane lane) {
    world.coverage.met(Met.CAP_CHANGED);
    LaneSpec spec = lane.spec;
    int cap = random.nextBoolean() ? LaneSpec.UNLIMITED : random.nextInt(1, 20);
    int min = Math.min(cap, random.nextInt(0, 3));
    change(
        lane,
        spec.live(),
        spec.priority(),
        min,
        cap,
        spec.patience(),
        spec.maxQueued(),
        spec.paused());
  }

  private void pause(SimLane lane) {
    world.coverage.met(Met.PAUSED);
    setPaused(lane, true);
    world.at(random.nextInt(500, 15_000), () -> {
      if (!world.closing()) {
        setPaused(lane, false);
      }
    });
  }

  private void setPaused(SimLane lane, boolean paused) {
    LaneSpec spec = lane.spec;
    change(
        lane,
        spec.live(),
        spec.priority(),
        spec.min(),
        spec.cap(),
        spec.patience(),
        spec.maxQueued(),
        paused);
  }

  private void reprioritise(SimLane lane) {
    world.coverage.met(Met.PRIORITY_CHANGED);
    LaneSpec spec = lane.spec;
    change(
        lane,
        spec.live(),
        random.nextInt(50),
        spec.min(),
        spec.cap(),
        spec.patience(),
        spec.maxQueued(),
        spec.paused());
  }

  private void changeSide(SimLane lane) {
    if (world.scenario.has(Scenario.Edge.ONLY_BULK)
        || world.scenario.has(Scenario.Edge.ONLY_LIVE)) {
      return;
    }
    world.coverage.met(Met.SIDE_CHANGED);
    LaneSpec spec = lane.spec;
    change(
        lane,
        !spec.live(),
        spec.priority(),
        spec.min(),
        spec.cap(),
        spec.patience(),
        spec.maxQueued(),
        spec.paused());
  }

  /** An exam window begins or ends. */
  private void changeFloor() {
    world.coverage.met(Met.FLOOR_CHANGED);
    books.reserveFloor = random.nextInt(0, 8);
    world.say("floor " + books.reserveFloor);
    world.tell(() -> world.dispatcher.reserveFloor(books.reserveFloor, world.now()));
  }

  private void changeTenant() {
    world.coverage.met(Met.TENANT_CHANGED);
    int tenant = random.nextInt(books.limits.length);
    books.limits[tenant] = Scenario.limits(tenant, random.nextBoolean(), random);
    world.say(books.limits[tenant]);
    world.tell(() -> world.dispatcher.tenant(books.limits[tenant], world.now()));
  }

  private void change(
      SimLane lane,
      boolean live,
      int priority,
      int min,
      int cap,
      Duration patience,
      int maxQueued,
      boolean paused) {
    lane.spec =
        new LaneSpec(lane.spec.name(), live, priority, min, cap, patience, maxQueued, paused);
    world.say(lane.spec);
    books.patienceChanged(lane);
    books.demand.touches(books.liveDemand());
    world.tell(() -> world.dispatcher.lane(lane.spec, world.now()));
  }
}
