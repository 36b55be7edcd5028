package io.gradelane.health;

import io.gradelane.bus.Permits;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A dispatcher that grants everything, or nothing, or is not there. */
final class FakePermits implements Permits {

  enum Mood {
    GRANTS,
    REFUSES,
    IS_SILENT
  }

  final List<Want> wants = new CopyOnWriteArrayList<>();
  final List<Ending> endings = new CopyOnWriteArrayList<>();
  final Map<PermitId, RunId> out = new ConcurrentHashMap<>();
  volatile Mood mood = Mood.GRANTS;

  private final Map<RunId, Promise<Decision>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  @Override
  public Future<Decision> want(Want want) {
    wants.add(want);
    if (mood == Mood.IS_SILENT) {
      return waiting.computeIfAbsent(want.run(), run -> Promise.promise()).future();
    }
    return Future.succeededFuture(mood == Mood.GRANTS ? grant(want) : refuse(want.run()));
  }

  private Decision grant(Want want) {
    PermitId permit = new PermitId(1, numbers.incrementAndGet());
    out.put(permit, want.run());
    return new Decision.Granted(want.run(), permit, Objects.requireNonNull(want.pinned()), 0);
  }

  private static Decision refuse(RunId run) {
    return new Decision.Refused(run, Refusal.PATIENCE, "no room");
  }

  @Override
  public void cancel(RunId run) {
    Promise<Decision> promise = waiting.remove(run);
    if (promise != null) {
      promise.complete(refuse(run));
    }
  }

  @Override
  public void done(RunId run, PermitId permit, Ending ending, int millis) {
    if (!out.remove(permit, run)) {
      throw new IllegalStateException("permit " + permit + " of run " + run + " is not out");
    }
    endings.add(ending);
  }

  @Override
  public Future<Decision> doubt(PermitId permit, int millis, Want quiet) {
    throw new UnsupportedOperationException("probes doubt nothing");
  }
}
