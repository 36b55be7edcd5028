package io.gradelane.sim;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import io.gradelane.sim.Coverage.Met;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One simulated pool: callers, servers and operators around one dispatcher, from a seed. */
final class World {

  static final long MILLI = 1_000_000L;
  private static final int EVENTS = 2_000;
  private static final int MOST_EVENTS = 200_000;

  private record Event(long at, long number, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
    }
  }

  final SplittableRandom random;
  final Scenario scenario;
  final Dispatcher dispatcher;
  final Ledger books;
  final Coverage coverage = new Coverage();
  private final Checks checks;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final @Nullable Consumer<String> trace;
  private final Callers callers;
  private final Operators operators;
  private long now = 1_000 * MILLI;
  private long numbers;
  private int told;
  private boolean closing;

  private World(long seed, @Nullable Consumer<String> trace) {
    this.trace = trace;
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 17);
    this.scenario = Scenario.of(seed, random);
    this.dispatcher = new Dispatcher(scenario.rules(), 1);
    this.books = new Ledger(scenario);
    this.checks = new Checks(books, coverage);
    this.callers = new Callers(this);
    this.operators = new Operators(this);
  }

  /** @throws Violation if a rule is broken; its text ends with the command that replays it */
  static Coverage run(long seed, @Nullable Consumer<String> trace) {
    World world = new World(seed, trace);
    try {
      world.run();
    } catch (Violation | RuntimeException e) {
      AssertionError error = new AssertionError("seed " + seed + " (" + world.scenario.edge()
          + ") at event " + world.told + ", " + world.now / MILLI + " ms: " + e.getMessage()
          + "\n  replay: mvn -pl tests -am test -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dtest=SimulationTest#replay -Dseed=" + seed);
      error.initCause(e);
      throw error;
    }
    return world.coverage;
  }

  private void run() {
    coverage.met(Met.SEEDS);
    meetEdge();
    scenario.servers().forEach(server -> tell(() -> dispatcher.server(server.view(), now)));
    scenario.tenants().forEach(limits -> tell(() -> dispatcher.tenant(limits, now)));
    callers.begin();
    if (scenario.faults()) {
      operators.begin();
    }
    while (told < EVENTS && step()) {
      // goes on
    }
    closing = true;
    operators.mendAll();
    while (!books.active.isEmpty() || !books.quarantine.isEmpty()) {
      if (!step() || told > MOST_EVENTS) {
        throw new Violation("never ended: " + books.active.size() + " runs, "
            + books.quarantine.size() + " quarantined permits");
      }
    }
    allIsBack();
    coverage.met(Met.EVENTS, told);
    coverage.met(Met.GRANTS, books.grants);
  }

  private void allIsBack() {
    for (PoolView.LaneView lane : dispatcher.view(now).lanes()) {
      require(lane.depth() == 0 && lane.inUse() == 0, "left over: " + lane);
    }
    for (PoolView.ServerUse server : dispatcher.view(now).servers()) {
      require(server.inUse() == 0 && server.quiet() == 0 && !server.held(), "left: " + server);
    }
  }

  private boolean step() {
    long tickAt = dispatcher.nextTickAt();
    Event next = events.peek();
    if (tickAt != Long.MAX_VALUE && (next == null || tickAt <= next.at)) {
      now = Math.max(now, tickAt);
      // A timer has milliseconds: it fires at the next whole one.
      now = Math.ceilDiv(now, MILLI) * MILLI;
      tick();
      return true;
    }
    if (next == null) {
      return false;
    }
    events.remove();
    now = Math.max(now, next.at);
    next.what.run();
    return true;
  }

  private void tick() {
    say("tick");
    told++;
    books.release(now);
    dispatcher.tick(now);
    drain(null);
    checks.ticked(now, dispatcher.nextTickAt());
  }

  /** Tells the dispatcher something, takes what it decides, and checks. */
  void tell(Runnable event) {
    tell(event, null);
  }

  private void tell(Runnable event, @Nullable SimRun arriving) {
    told++;
    books.release(now);
    event.run();
    drain(arriving);
  }

  private void drain(@Nullable SimRun arriving) {
    Decision next = dispatcher.next(now);
    PoolView view = look();
    while (next != null) {
      take(next, arriving);
      next = dispatcher.next(now);
      view = look();
    }
    checks.settled(view);
    books.demand.is(Math.min(books.liveDemand(), view.slots()), now);
  }

  /** A server may have been set aside, or let go, by the very call that decided: so after it, and before its grant. */
  private PoolView look() {
    PoolView view = dispatcher.view(now);
    checks.look(view, now);
    return view;
  }

  private void take(Decision decision, @Nullable SimRun arriving) {
    say(decision);
    SimRun run = books.active.get(decision.run());
    if (run == null) {
      throw new Violation("decided for a run that nobody waits for: " + decision);
    }
    switch (decision) {
      case Decision.Granted granted -> {
        SimServer server = books.server(granted.server());
        checks.grant(granted, run, server, now);
        long waited = (now - run.came) / MILLI;
        require(granted.waitedMillis() == waited, granted + " waited " + waited);
        callers.granted(books.starts(run, granted.permit(), server, now));
      }
      case Decision.Refused refused -> {
        checks.refusal(refused, run, run == arriving, now);
        books.leaves(run, now);
        run.refusal = refused.reason();
      }
      case Decision.Believed believed -> throw new Violation("not in doubt: " + believed);
    }
  }

  /** A run is asked for, for the first time or again. */
  void want(SimRun run, Want want) {
    say(want);
    told++;
    books.release(now);
    admit(run, want, () -> dispatcher.want(want, now));
  }

  private void admit(SimRun run, Want want, Runnable event) {
    run.want(want);
    run.refusal = null;
    boolean retry = want.attempt() > 1 && !want.quiet();
    double tokens = retry ? books.budgets.takeRetry(now) : 0;
    boolean quietFits = books.budgets.quietFits(want.costMillis());
    if (want.quiet()) {
      books.budgets.quiet(want.costMillis());
    }
    books.waits(run, now);
    event.run();
    drain(run);
    Refusal refusal = run.refusal;
    if (retry && refusal != null) {
      books.budgets.giveRetryBack();
    }
    checks.budget(run, tokens, quietFits, refusal, now);
  }

  /** The first attempt of a run, with the tenant's limits. */
  void wantFirst(SimRun run, Want want) {
    books.asked.get(run.tenant).addLast(now);
    want(run, want);
    if (run.state != SimRun.State.ENDED) {
      books.counted.get(run.tenant).addLast(now);
      checks.letIn(run, now);
    }
  }

  void wantAgain(Want want) {
    say("again " + want);
    books.repeatedWants++;
    coverage.met(Met.REPEATED_WANT);
    tell(() -> dispatcher.want(want, now));
  }

  void cancel(SimRun run) {
    say("cancel " + run.id);
    if (run.state == SimRun.State.WAITING) {
      coverage.met(Met.CANCELLED_WAITING);
      books.leaves(run, now);
    } else {
      coverage.met(Met.CANCELLED_RUNNING);
    }
    tell(() -> dispatcher.cancel(run.id, now));
  }

  void done(SimRun.Permit permit, Ending ending, int millis) {
    say("done " + permit.run.id + " " + permit.id + " " + ending + " " + millis);
    books.ends(permit, ending == Ending.OK || ending == Ending.LOST ? millis : 0);
    if (ending == Ending.LOST) {
      coverage.met(Met.LOST);
      books.quarantines(permit, permit.run.want().deadlineMillis(), now);
    } else {
      books.frees(permit, now);
    }
    if (ending == Ending.REFUSED) {
      permit.server.everRefused = true;
      coverage.met(Met.REFUSED_BY_SERVER);
    }
    if (ending == Ending.UNUSED) {
      coverage.met(Met.UNUSED);
    }
    tell(() -> dispatcher.done(permit.run.id, permit.id, ending, millis, now));
  }

  /** The same ending again, or one under a permit that never was. */
  void staleDone(RunId run, PermitId permit) {
    say("stale " + run + " " + permit);
    books.staleDones++;
    coverage.met(Met.REPEATED_DONE);
    tell(() -> dispatcher.done(run, permit, Ending.OK, 5, now));
  }

  /** True if the verdict was believed; else the run waits, runs again, or has been refused. */
  boolean doubt(SimRun.Permit permit, int millis, Want quiet) {
    say("doubt " + permit.run.id + " crowded " + permit.crowded);
    SimRun run = permit.run;
    coverage.met(Met.DOUBTED);
    books.ends(permit, millis);
    books.frees(permit, now);
    told++;
    if (!permit.crowded || permit.quiet) {
      dispatcher.doubt(run.id, permit.id, millis, quiet, now);
      Decision first = dispatcher.next(now);
      require(first instanceof Decision.Believed, "in doubt without load: " + first);
      coverage.met(Met.BELIEVED);
      drain(null);
      return true;
    }
    admit(run, quiet, () -> dispatcher.doubt(run.id, permit.id, millis, quiet, now));
    return false;
  }

  /** A later attempt although the permit of the last is still out. */
  void supersede(SimRun run, Want want) {
    say("supersede " + run.id);
    coverage.met(Met.SUPERSEDED);
    SimRun.Permit permit = run.permit;
    if (permit == null) {
      books.leaves(run, now);
    } else {
      books.ends(permit, 0);
      books.quarantines(permit, run.want().deadlineMillis(), now);
    }
    want(run, want);
  }

  void at(long delayMillis, Runnable what) {
    events.add(new Event(now + Math.max(0, delayMillis) * MILLI, numbers++, what));
  }

  long now() {
    return now;
  }

  /** No more arrivals, no more faults: everything that is under way may end. */
  boolean closing() {
    return closing;
  }

  RunId nextRun() {
    return new RunId(new UUID(0x7000L, 0x8000_0000_0000_0000L | ++numbers));
  }

  void say(Object what) {
    if (trace != null) {
      trace.accept(now / MILLI + " " + what);
    }
  }

  private void meetEdge() {
    switch (scenario.edge()) {
      case ONE_SERVER_TWO_SLOTS -> coverage.met(Met.ONE_SERVER_TWO_SLOTS);
      case ONE_SLOT -> coverage.met(Met.ONE_SLOT);
      case ONLY_BULK -> coverage.met(Met.ONLY_BULK);
      case ONLY_LIVE -> coverage.met(Met.ONLY_LIVE);
      case ONE_TENANT -> coverage.met(Met.ONE_TENANT);
      case FAIR_SHARES -> coverage.met(Met.FAIR_SHARES);
      case ORDINARY, CROWDED -> {}
    }
  }

  private static void require(boolean condition, String text) {
    if (!condition) {
      throw new Violation(text);
    }
  }

  /** Servers that a run may not go to any more. */
  static Set<String> excluded(SimRun run) {
    return Set.copyOf(run.failedOn);
  }
}
