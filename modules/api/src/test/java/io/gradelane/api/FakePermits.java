package io.gradelane.api;

import io.gradelane.bus.Permits;
import io.gradelane.cluster.ServerMap;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A dispatcher that grants at once, on the first server by id that is not excluded, unless it is told otherwise; and
 * that keeps account of every permit. Its methods for tests may be called from any thread.
 */
final class FakePermits implements Permits {

  record Done(RunId run, PermitId permit, Ending ending, int millis) {}

  final List<Want> wants = new CopyOnWriteArrayList<>();
  final List<Done> dones = new CopyOnWriteArrayList<>();
  final List<RunId> cancelled = new CopyOnWriteArrayList<>();
  final List<Want> doubts = new CopyOnWriteArrayList<>();
  final Set<PermitId> out = ConcurrentHashMap.newKeySet();

  private final Queue<Want> held = new ConcurrentLinkedQueue<>();
  private final Map<RunId, Promise<Decision>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final Context context;
  private final ServerMap servers;
  private volatile boolean holding;
  private volatile Function<Want, Decision> onDoubt = want -> new Decision.Believed(want.run());

  FakePermits(Vertx vertx, ServerMap servers) {
    this.context = vertx.getOrCreateContext();
    this.servers = servers;
  }

  /** From now on wants wait until {@link #decideNext}. */
  void hold() {
    holding = true;
  }

  void onDoubt(Function<Want, Decision> answer) {
    onDoubt = answer;
  }

  /** Decides the oldest want that waits, once there is one. */
  void decideNext(Function<Want, Decision> decision) {
    Eventually.await("a run waits", () -> !held.isEmpty());
    Want want = held.remove();
    context.runOnContext(turn -> settle(decision.apply(want)));
  }

  void grantNext() {
    decideNext(this::grant);
  }

  /** Grants whatever waits at the moment. */
  void grantAll() {
    for (Want want = held.poll(); want != null; want = held.poll()) {
      Decision granted = grant(want);
      context.runOnContext(turn -> settle(granted));
    }
  }

  int waitingCount() {
    return waiting.size();
  }

  /** Each server's own choice: the first by id that is not excluded. */
  Decision grant(Want want) {
    return servers.snapshot().values().stream()
        .filter(entry -> !want.excluded().contains(entry.id()))
        .filter(entry -> entry.state().grantable())
        .findFirst()
        .<Decision>map(entry -> granted(want, entry))
        .orElseGet(() -> new Decision.Refused(want.run(), Refusal.NO_SERVER, "none left"));
  }

  Decision granted(Want want, ServerEntry entry) {
    PermitId permit = new PermitId(1, numbers.incrementAndGet());
    out.add(permit);
    return new Decision.Granted(
        want.run(),
        permit,
        entry.id(),
        want.waitedMillis() + 7,
        out.size(),
        entry.spec().slots());
  }

  @Override
  public Future<Decision> want(Want want) {
    wants.add(want);
    return decide(want, holding ? null : grant(want));
  }

  private Future<Decision> decide(Want want, @org.jspecify.annotations.Nullable Decision decision) {
    Promise<Decision> promise = Promise.promise();
    waiting.put(want.run(), promise);
    if (decision == null) {
      held.add(want);
    } else {
      context.runOnContext(turn -> settle(decision));
    }
    return promise.future();
  }

  private void settle(Decision decision) {
    Promise<Decision> promise = waiting.remove(decision.run());
    if (promise != null) {
      promise.complete(decision);
    } else if (decision instanceof Decision.Granted granted) {
      done(granted.run(), granted.permit(), Ending.UNUSED, 0);
    }
  }

  @Override
  public void cancel(RunId run) {
    settle(new Decision.Refused(run, Refusal.CANCELLED, "its caller has gone"));
    cancelled.add(run);
  }

  @Override
  public void done(RunId run, PermitId permit, Ending ending, int millis) {
    dones.add(new Done(run, permit, ending, millis));
    giveBack(permit);
  }

  @Override
  public Future<Decision> doubt(PermitId permit, int millis, Want quiet) {
    doubts.add(quiet);
    giveBack(permit);
    return decide(quiet, onDoubt.apply(quiet));
  }

  private void giveBack(PermitId permit) {
    if (!out.remove(permit)) {
      throw new AssertionError("permit " + permit + " was given back twice, or never granted");
    }
  }
}
