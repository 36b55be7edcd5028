package io.gradelane.testkit;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one {@link StubJobe}: slots, faults still to come, replies held back, and the counts.
 *
 * <p>Written by the stub's event loop and by the test's threads, so each method holds the lock for its few lines.
 */
final class StubRuns {

  private final Deque<StubFault> faults = new ArrayDeque<>();
  private final Deque<Runnable> held = new ArrayDeque<>();
  private Predicate<JsonObject> spoilable = spec -> true;
  private boolean holding;
  private int slots = Integer.MAX_VALUE;
  private int life;

  private int executing;
  private int inFlight;
  private int mostInFlight;
  private int runs;
  private int executed;
  private int overloads;
  private int missing;
  private int filesPut;
  private int languages;

  synchronized void spoil(StubFault fault, int times) {
    for (int i = 0; i < times; i++) {
      faults.addLast(fault);
    }
  }

  synchronized void spoilOnly(Predicate<JsonObject> which) {
    spoilable = which;
  }

  synchronized void limitSlots(int newSlots) {
    slots = newSlots;
  }

  /** The fault that this run meets, or null. */
  synchronized @Nullable StubFault fault(JsonObject spec) {
    return spoilable.test(spec) ? faults.pollFirst() : null;
  }

  /** Counts a run in; answers the life of the server that it belongs to. */
  synchronized int enter() {
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
    return life;
  }

  /** Whether there was a slot; the run has it then. */
  synchronized boolean start() {
    if (executing >= slots) {
      return false;
    }
    executing++;
    executed++;
    return true;
  }

  /** Whether the run is still alive; its slot is free then. */
  synchronized boolean end(int itsLife) {
    if (itsLife != life) {
      return false;
    }
    executing--;
    inFlight--;
    return true;
  }

  /** A run leaves that never got a slot. */
  synchronized void leave(int itsLife) {
    if (itsLife == life) {
      inFlight--;
    }
  }

  /** Whether {@code reply} was kept for later; else the caller sends it now. */
  synchronized boolean hold(Runnable reply) {
    if (holding) {
      held.addLast(reply);
    }
    return holding;
  }

  synchronized void holding(boolean on) {
    holding = on;
  }

  synchronized @Nullable Runnable oldestHeld() {
    return held.pollFirst();
  }

  synchronized int heldCount() {
    return held.size();
  }

  /** All that runs here is gone. */
  synchronized void die() {
    life++;
    executing = 0;
    inFlight = 0;
    held.clear();
  }

  synchronized void seenRun() {
    runs++;
  }

  synchronized void seenOverload() {
    overloads++;
  }

  synchronized void seenMissing() {
    missing++;
  }

  synchronized void seenFile() {
    filesPut++;
  }

  synchronized void seenLanguages() {
    languages++;
  }

  synchronized StubCounts counts() {
    return new StubCounts(
        runs, executed, inFlight, mostInFlight, overloads, missing, filesPut, languages);
  }
}
