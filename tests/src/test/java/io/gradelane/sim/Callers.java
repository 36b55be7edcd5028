package io.gradelane.sim;

import io.gradelane.core.dispatch.Want;
import io.gradelane.core.run.Ending;
import io.gradelane.sim.Coverage.Met;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Students, exams, regrades and probes: who asks for runs, and what becomes of each. */
final class Callers {

  private static final int MOST_ATTEMPTS = 3;
  private static final double MEAN_MILLIS = 1_500;

  private final World world;
  private final SplittableRandom random;
  private double meanGapMillis;

  Callers(World world) {
    this.world = world;
    this.random = world.random;
  }

  void begin() {
    int slots =
        world.scenario.servers().stream().mapToInt(server -> server.slots).sum();
    meanGapMillis = MEAN_MILLIS / (slots * world.scenario.load());
    for (SimLane lane : world.books.lanes) {
      world.at(random.nextInt(1000), () -> arrive(lane));
    }
    world.at(random.nextInt(20_000), this::burst);
    if (world.scenario.faults()) {
      world.at(random.nextInt(5_000), this::probe);
    }
  }

  /** A permit has been given out: the run is on its way. */
  void granted(SimRun.Permit permit) {
    SimRun run = permit.run;
    if (permit.quiet) {
      world.coverage.met(Met.QUIET_GRANTED);
    }
    int millis = run.millis;
    if (random.nextInt(50) == 0 && world.scenario.faults()) {
      world.at(random.nextInt(20), () -> end(permit, Ending.UNUSED, 0));
      return;
    }
    switch (permit.server.health) {
      case GOOD, FROZEN -> world.at(millis, () -> finish(permit));
      case REFUSING -> {
        if (random.nextInt(10) < 7) {
          world.at(random.nextInt(50), () -> end(permit, Ending.REFUSED, 20));
        } else {
          world.at(millis, () -> finish(permit));
        }
      }
      case DEAD -> world.at(random.nextInt(30), () -> end(permit, Ending.LOST, 30));
    }
    if (world.scenario.faults() && random.nextInt(60) == 0) {
      world.at(random.nextInt(millis + 1), () -> supersede(permit));
    }
  }

  /** A server has died: whatever runs there is lost soon. */
  void lose(SimServer server) {
    for (SimRun.Permit permit : server.permits) {
      world.at(random.nextInt(1000), () -> end(permit, Ending.LOST, elapsed(permit)));
    }
  }

  private void arrive(SimLane lane) {
    if (world.closing()) {
      return;
    }
    submit(lane, random.nextInt(world.books.limits.length));
    double gap = -Math.log(1 - random.nextDouble()) * meanGapMillis * world.books.lanes.size();
    world.at((long) Math.ceil(gap), () -> arrive(lane));
  }

  /** An exam begins, or somebody regrades an exercise: many runs of one tenant at once. */
  private void burst() {
    if (world.closing()) {
      return;
    }
    world.coverage.met(Met.BURST);
    SimLane lane = world.books.lanes.get(random.nextInt(world.books.lanes.size()));
    int tenant = random.nextInt(world.books.limits.length);
    int count = random.nextInt(5, 60);
    for (int i = 0; i < count; i++) {
      submit(lane, tenant);
    }
    world.at(random.nextInt(5_000, 120_000), this::burst);
  }

  private void probe() {
    if (world.closing()) {
      return;
    }
    SimServer server = world.books.servers.get(random.nextInt(world.books.servers.size()));
    SimRun run = new SimRun(
        world.nextRun(), world.books.probes, 0, 0, 0, 1 + random.nextInt(100), world.now());
    world.coverage.met(server.takesRuns() ? Met.PROBED : Met.PROBED_WHILE_DOWN);
    world.want(run, want(run, 1, false, server.id));
    world.at(random.nextInt(500, 8_000), this::probe);
  }

  private void submit(SimLane lane, int tenant) {
    boolean fair = world.scenario.has(Scenario.Edge.FAIR_SHARES);
    int language = fair ? 0 : random.nextInt(Scenario.LANGUAGES.size());
    SimRun run = new SimRun(
        world.nextRun(),
        lane,
        tenant,
        random.nextInt(world.scenario.users()),
        language,
        millis(tenant),
        world.now());
    world.wantFirst(run, want(run, 1, false, null));
    if (!world.scenario.faults()) {
      return;
    }
    if (random.nextInt(12) == 0) {
      world.at(random.nextInt(8_000), () -> cancel(run));
    }
    if (random.nextInt(10) == 0) {
      world.at(random.nextInt(3_000), () -> repeat(run));
    }
  }

  private int millis(int tenant) {
    if (world.scenario.has(Scenario.Edge.FAIR_SHARES)) {
      return tenant % 2 == 0 ? 300 + random.nextInt(300) : 2_000 + random.nextInt(3_000);
    }
    if (random.nextInt(30) == 0) {
      return random.nextInt(5_000, 20_000);
    }
    return 1 + (int) Math.min(10_000, -Math.log(1 - random.nextDouble()) * 1_000);
  }

  private void cancel(SimRun run) {
    if (run.state == SimRun.State.WAITING || run.state == SimRun.State.RUNNING) {
      run.callerGone = true;
      world.cancel(run);
    }
  }

  private void repeat(SimRun run) {
    if (run.state == SimRun.State.WAITING || run.state == SimRun.State.RUNNING) {
      world.wantAgain(run.want());
    }
  }

  private void supersede(SimRun.Permit permit) {
    SimRun run = permit.run;
    if (run.permit == permit && !permit.lane.probes && !world.closing()) {
      world.supersede(run, want(run, run.want().attempt() + 1, false, null));
    }
  }

  private void finish(SimRun.Permit permit) {
    SimRun run = permit.run;
    if (run.permit != permit) {
      return;
    }
    if (permit.server.health == SimServer.Health.FROZEN) {
      long left = run.want().deadlineMillis() - elapsed(permit);
      world.at(left, () -> end(permit, Ending.LOST, elapsed(permit)));
      return;
    }
    int odds = permit.quiet ? 10 : permit.crowded ? 6 : 60;
    boolean mayDoubt = !permit.lane.probes && world.scenario.faults();
    if (mayDoubt && random.nextInt(odds) == 0) {
      world.doubt(permit, run.millis, want(run, run.want().attempt() + 1, true, null));
      return;
    }
    end(permit, Ending.OK, run.millis);
  }

  private void end(SimRun.Permit permit, Ending ending, int millis) {
    SimRun run = permit.run;
    if (run.permit != permit) {
      return;
    }
    world.done(permit, ending, millis);
    if (world.scenario.faults() && random.nextInt(15) == 0) {
      world.staleDone(run.id, permit.id);
    }
    boolean failed = ending == Ending.REFUSED || ending == Ending.LOST;
    if (failed && !run.callerGone && !permit.lane.probes && run.want().attempt() < MOST_ATTEMPTS) {
      run.failedOn.add(permit.server.id);
      world.coverage.met(Met.RETRIED);
      world.want(run, want(run, run.want().attempt() + 1, run.want().quiet(), null));
    }
  }

  private int elapsed(SimRun.Permit permit) {
    return (int) ((world.now() - permit.grantedAt) / World.MILLI);
  }

  private Want want(SimRun run, int attempt, boolean quiet, @Nullable String pinned) {
    int cost = world.scenario.exact() ? run.millis : 1_000;
    long waited = (world.now() - run.came) / World.MILLI;
    boolean sticky = (run.id.value().getLeastSignificantBits() & 3) == 0;
    return new Want(
        run.id,
        attempt,
        run.lane.spec.name(),
        run.lane.probes ? "_health" : "t" + run.tenant,
        "u" + run.user,
        Scenario.LANGUAGES.get(run.language),
        sticky ? "job" + run.user : null,
        sticky ? run.user + 1 : 0,
        cost,
        waited,
        run.lane.spec.live() ? 90_000 : Long.MAX_VALUE,
        30_000,
        quiet,
        World.excluded(run),
        pinned);
  }
}
