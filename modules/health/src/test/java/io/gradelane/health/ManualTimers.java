package io.gradelane.health;

import io.gradelane.testkit.SettableClock;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Timers that fire when a test moves the clock, each on the context that asked for it. Thread-safe. */
final class ManualTimers implements Timers {

  private record Due(Instant at, Context context, Runnable task) {}

  private final Vertx vertx;
  private final SettableClock clock;
  private final List<Due> waiting = new ArrayList<>();

  ManualTimers(Vertx vertx, SettableClock clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  @Override
  public synchronized Runnable after(Duration delay, Runnable task) {
    Due due = new Due(clock.instant().plus(delay), vertx.getOrCreateContext(), task);
    waiting.add(due);
    return () -> cancel(due);
  }

  private synchronized void cancel(Due due) {
    waiting.removeIf(each -> each.task.equals(due.task));
  }

  /** Moves the clock, firing what falls due on the way in the order of its time. */
  void advance(Duration by) {
    Instant end = clock.instant().plus(by);
    for (Optional<Due> next = nextUntil(end); next.isPresent(); next = nextUntil(end)) {
      Due due = next.get();
      clock.set(due.at.isAfter(clock.instant()) ? due.at : clock.instant());
      due.context.runOnContext(turn -> due.task.run());
    }
    clock.set(end);
  }

  private synchronized Optional<Due> nextUntil(Instant end) {
    Optional<Due> next =
        waiting.stream().filter(each -> !each.at.isAfter(end)).min(Comparator.comparing(Due::at));
    next.ifPresent(waiting::remove);
    return next;
  }
}
