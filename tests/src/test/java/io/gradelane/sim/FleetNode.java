package io.gradelane.sim;

import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.fleet.ExamSource;
import io.gradelane.fleet.FleetLoop;
import io.gradelane.fleet.FleetPool;
import io.gradelane.fleet.FleetPorts;
import io.gradelane.fleet.Lease;
import io.gradelane.fleet.Provider;
import io.gradelane.fleet.Timers;
import io.gradelane.sim.FleetCoverage.Met;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.fleet.HostWrite;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One node that may lead: the very loop that runs, behind a wire that loses and delays. A request that has left goes on
 * when its node has crashed; an answer reaches only the life that asked.
 */
final class FleetNode {

  private static final long EVERY = 10_000;

  private final String name;
  private final FleetWorld world;
  private final FleetFaults faults;
  private final FleetAgenda agenda;
  private FleetLoop loop;
  private int life;
  private boolean alive = true;
  private boolean passing;
  private long frozenUntil;

  FleetNode(String name, FleetWorld world) {
    this.name = name;
    this.world = world;
    faults = world.faults;
    agenda = world.agenda;
    loop = new FleetLoop(ports());
    agenda.in(faults.random.nextLong(EVERY), this::tick);
  }

  boolean passing() {
    return alive && passing;
  }

  /** Who it is for the lease: another one after each crash. */
  String identity() {
    return name + "." + life;
  }

  void mend() {
    frozenUntil = 0;
    if (!alive) {
      restart();
    }
  }

  private void tick() {
    agenda.in(EVERY, this::tick);
    if (!alive || passing || frozen()) {
      return;
    }
    if (faults.strikes(Met.FROZEN, 0.2)) {
      frozenUntil = agenda.now() + 1000L * faults.random.nextInt(10, 120);
    }
    passing = true;
    int mine = life;
    loop.pass().onComplete(done -> {
      if (mine == life) {
        passing = false;
      }
    });
  }

  private void crash() {
    faults.tell(name + " crashes");
    life++;
    alive = false;
    passing = false;
    agenda.in(1000L * faults.random.nextInt(5, 90), this::restart);
  }

  private void restart() {
    if (!alive) {
      alive = true;
      loop = new FleetLoop(ports());
    }
  }

  private boolean frozen() {
    return agenda.now() < frozenUntil;
  }

  private <T> Future<T> call(String step, Supplier<Future<T>> request) {
    Promise<T> promise = Promise.promise();
    int mine = life;
    if (faults.strikes(Met.CRASHED_BEFORE_STEP, 0.03)) {
      crash();
    } else if (!faults.strikes(Met.REQUEST_LOST, 0.2)) {
      agenda.in(way(step), () -> arrive(step, request, mine, promise));
    }
    return promise.future();
  }

  private <T> void arrive(String step, Supplier<Future<T>> request, int mine, Promise<T> promise) {
    Future<T> answer = request.get();
    if (mine == life && faults.strikes(Met.CRASHED_AFTER_STEP, crashes(step))) {
      if (step.equals("intent")) {
        faults.met(Met.CRASHED_AFTER_INTENT);
      } else if (step.equals("launch")) {
        faults.met(Met.CRASHED_AFTER_LAUNCH);
      }
      crash();
    } else if (!faults.strikes(Met.ANSWER_LOST, 0.2)) {
      long way = faults.strikes(Met.ANSWER_LATE, 0.1) ? 1000L * faults.random.nextInt(60) : way();
      agenda.in(way, () -> deliver(answer, mine, promise));
    }
  }

  /** The steps around a launch are the ones that matter most. */
  private static double crashes(String step) {
    return step.equals("intent") || step.equals("launch") ? 2 : 0.03;
  }

  private <T> void deliver(Future<T> answer, int mine, Promise<T> promise) {
    if (mine != life) {
      return;
    }
    if (frozen()) {
      agenda.at(frozenUntil, () -> deliver(answer, mine, promise));
    } else if (answer.succeeded()) {
      promise.tryComplete(answer.result());
    } else {
      promise.tryFail(answer.cause());
    }
  }

  /** A launch may be under way for longer than anybody waits for it. */
  private long way(String step) {
    return step.equals("launch") && faults.strikes(Met.LAUNCH_LATE, 1)
        ? 1000L * faults.random.nextInt(700)
        : way();
  }

  private long way() {
    return faults.random.nextLong(faults.calm() ? 20 : 400);
  }

  private FleetPorts ports() {
    return new FleetPorts(
        "main",
        name,
        world.scenario.rules(),
        Duration.ofMillis(EVERY),
        world::nextName,
        new Cloud(),
        new Table(),
        new Leasing(identity()),
        new Pool(),
        ExamSource.of(world.scenario.exams()),
        new SimpleMeterRegistry(),
        agenda,
        agenda::now,
        timers());
  }

  private Timers timers() {
    return (delay, task) -> new Timer(task, life).start(delay);
  }

  private final class Timer {
    private final Runnable task;
    private final int mine;
    private boolean cancelled;

    Timer(Runnable task, int mine) {
      this.task = task;
      this.mine = mine;
    }

    Runnable start(Duration delay) {
      agenda.in(delay.toMillis(), this::ring);
      return () -> cancelled = true;
    }

    private void ring() {
      if (frozen()) {
        agenda.at(frozenUntil, this::ring);
      } else if (!cancelled && mine == life) {
        task.run();
      }
    }
  }

  private final class Leasing implements Lease {
    private final String identity;

    Leasing(String identity) {
      this.identity = identity;
    }

    @Override
    public Future<OptionalLong> hold() {
      return call("lease", () -> Future.succeededFuture(world.hold(identity)));
    }

    @Override
    public Future<Void> release() {
      return Future.succeededFuture();
    }
  }

  private final class Cloud implements Provider {
    @Override
    public Future<Listing> list() {
      return call("list", world.cloud::list);
    }

    @Override
    public Future<Listed> launch(HostId token) {
      return call("launch", () -> {
        if (!world.books.wants(token.value())) {
          faults.met(Met.GHOST);
        }
        return world.cloud.launch(token);
      });
    }

    @Override
    public Future<Void> terminate(Host host) {
      return call("terminate", () -> world.cloud.terminate(host));
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  private final class Pool implements FleetPool {
    @Override
    public Future<Sight> look() {
      return call("look", world.traffic::look);
    }

    @Override
    public Future<Boolean> answers(Host host) {
      return call("knock", () -> world.traffic.answers(host));
    }

    @Override
    public Future<Void> join(long fence, Host host) {
      return call("join", () -> world.traffic.join(fence, host));
    }

    @Override
    public Future<Void> close(long fence, HostId id) {
      return call("close", () -> world.traffic.close(fence, id));
    }

    @Override
    public Future<Void> leave(long fence, HostId id) {
      return call("leave", () -> world.traffic.leave(fence, id));
    }
  }

  private final class Table implements FleetTable {
    @Override
    public Future<List<Host>> read(long fence) {
      return call("read", () -> world.books.read(fence));
    }

    @Override
    public Future<Set<HostId>> write(long fence, List<HostWrite> rows) {
      boolean intent = rows.stream().anyMatch(row -> row.before() == null);
      return call(intent ? "intent" : "write", () -> world.books.write(fence, rows));
    }

    @Override
    public Future<Boolean> amend(@Nullable Host before, Host after) {
      return call("amend", () -> world.books.amend(before, after));
    }

    @Override
    public Future<List<Host>> hosts() {
      return call("hosts", world.books::hosts);
    }

    @Override
    public Future<Void> record(long fence, FleetSample sample) {
      return call("record", () -> world.books.record(fence, sample));
    }

    @Override
    public Future<List<FleetSample>> samples(Instant from, int most) {
      return call("samples", () -> world.books.samples(from, most));
    }

    @Override
    public Future<Optional<FleetSample>> latest() {
      return call("latest", world.books::latest);
    }

    @Override
    public Future<Void> forget(Instant before) {
      return call("forget", () -> world.books.forget(before));
    }
  }
}
