package io.gradelane.api.journey;

import io.gradelane.api.journey.Visit.Parcel;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.core.run.RunId;
import io.gradelane.jobe.client.CallContext;
import io.gradelane.jobe.wire.Forward;
import io.gradelane.jobe.wire.JobeAnswer;
import io.gradelane.jobe.wire.JobeAnswers;
import io.gradelane.jobe.wire.Reading;
import io.gradelane.jobe.wire.RunReader;
import io.gradelane.jobe.wire.RunSpec;
import io.gradelane.store.runs.RunRecord;
import io.gradelane.store.runs.RunRecord.State;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes runs in and sees each of them to its answer. One per verticle, used on its context only.
 *
 * <p>Every run gets one answer, whatever breaks; what a server said to it is passed on byte for byte.
 */
public final class RunJourney {

  /** A server may wait 10 s for a slot, then compile and run for twice the CPU limit each. */
  private static final double WAIT_SECONDS = 10;

  private static final double MARGIN_SECONDS = 5;

  private final JourneyPorts ports;
  private final FileLookup lookup;
  private final Luggage luggage;
  private final Witness witness;
  private final Costs costs = new Costs();
  private final Set<Trip> underWay = new HashSet<>();
  private @Nullable Promise<Void> idle;

  public RunJourney(JourneyPorts ports) {
    this.ports = ports;
    lookup = new FileLookup(ports.files());
    luggage = new Luggage(ports.maxBytes());
    witness = new Witness(ports.evidence());
  }

  /** Reads the run and sends it on its way, or answers why not. */
  public void submit(RunOrder order, Buffer body) {
    switch (RunReader.read(body, ports.languages()::isPossible)) {
      case Reading.Invalid invalid -> turnAway(order, invalid.answer(), "client_mistake");
      case Reading.Valid valid -> findFiles(order, valid.spec());
    }
  }

  private void findFiles(RunOrder order, RunSpec spec) {
    if (spec.files().isEmpty()) {
      set(order, spec, FileSet.NONE);
      return;
    }
    lookup
        .find(order.tenant(), spec.files())
        .onSuccess(found -> found.ifPresentOrElse(
            files -> set(order, spec, files),
            () -> turnAway(order, JobeAnswers.missingFiles(), "files_missing")))
        .onFailure(order.caller()::crash);
  }

  private void set(RunOrder order, RunSpec spec, FileSet files) {
    if (order.caller().isOver()) {
      return;
    }
    if (spec.testsOverload()) {
      turnAway(order, JobeAnswers.overload(), "21");
      return;
    }
    Parcel parcel = parcel(order.context(), spec, files);
    if (luggage.take(parcel.body().length())) {
      RunId run = RunId.next(ports.clock().millis(), ports.random());
      Trip trip = new Trip(this, order, Program.of(spec), run, parcel, order.patienceMillis());
      underWay.add(trip);
      trip.begin();
    } else {
      turnedAway(order, State.REFUSED, "21", 200);
      order.caller().refuse(Refusal.LANE_FULL, "waiting runs carry as much as this node can hold");
    }
  }

  private Parcel parcel(CallContext context, RunSpec spec, FileSet files) {
    Forward rules = new Forward(
        files.md5ById(),
        ports.limits().streamSizeMb(),
        ports.limits().memoryMb(),
        ports.limits().processes());
    return new Parcel(spec.forwardBody(rules), files, context, timeout(spec));
  }

  private static Duration timeout(RunSpec spec) {
    double cpuSeconds = Math.max(2, spec.cpuSeconds());
    return Duration.ofMillis((long) ((WAIT_SECONDS + 4 * cpuSeconds + MARGIN_SECONDS) * 1000));
  }

  private void turnAway(RunOrder order, JobeAnswer answer, String outcome) {
    turnedAway(order, State.TURNED_AWAY, outcome, answer.status());
    order.caller().answer(answer);
  }

  private void turnedAway(RunOrder order, State state, String outcome, int status) {
    ports.meters().ended(order.lane().name(), outcome);
    RunId run = RunId.next(ports.clock().millis(), ports.random());
    ports.logbook().turnedAway(order, run, state, outcome, status);
  }

  /** Ends when no run is under way any more, those included whose callers have gone. */
  public Future<Void> idle() {
    Promise<Void> promise = idle == null ? Promise.promise() : idle;
    idle = promise;
    if (underWay.isEmpty()) {
      promise.tryComplete();
    }
    return promise.future();
  }

  JourneyPorts ports() {
    return ports;
  }

  Witness witness() {
    return witness;
  }

  Costs costs() {
    return costs;
  }

  /** Slot time of a run in this language, as learned here; empty while none has ended here. */
  public OptionalInt learnedMillis(String language) {
    return costs.known(language);
  }

  /** What is assumed of a run as long as nothing is known. */
  public static int guessedMillis() {
    return Costs.FIRST_GUESS_MILLIS;
  }

  void ended(Trip trip, RunRecord record) {
    if (!underWay.remove(trip)) {
      return;
    }
    luggage.putDown(trip.weight());
    ports.meters().ended(record.lane(), record.outcome());
    ports.logbook().records().accept(record);
    if (idle != null && underWay.isEmpty()) {
      idle.tryComplete();
    }
  }

  /** What {@code step} throws ends the trip with an answer instead of leaving its caller without one. */
  <T> Handler<AsyncResult<T>> guarded(Trip trip, Handler<AsyncResult<T>> step) {
    return result -> {
      try {
        step.handle(result);
      } catch (RuntimeException broken) {
        trip.crash(broken);
      }
    };
  }
}
