package io.gradelane.health;

import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.SettableClock;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Timers that fire when a test moves the clock, on the one context that asks for them, so the clock never moves in the
 * middle of a turn. Thread-safe.
 */
final class ManualTimers implements Timers {

  private record Due(Instant at, Runnable task) {}

  private final Vertx vertx;
  private final SettableClock clock;
  private final List<Due> waiting = new ArrayList<>();
  private @Nullable Context context;

  ManualTimers(Vertx vertx, SettableClock clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  @Override
  public synchronized Runnable after(Duration delay, Runnable task) {
    context = vertx.getOrCreateContext();
    Due due = new Due(clock.instant().plus(delay), task);
    waiting.add(due);
    return () -> cancel(due);
  }

  private synchronized void cancel(Due due) {
    waiting.removeIf(each -> each.task.equals(due.task));
  }

  /** Moves the clock, firing what falls due on the way in the order of its time. */
  void advance(Duration by) {
    Promise<Void> moved = Promise.promise();
    Runnable move = () -> {
      move(clock.instant().plus(by));
      moved.complete();
    };
    Context target = context();
    if (target == null) {
      move.run();
    } else {
      target.runOnContext(turn -> move.run());
    }
    Blocking.get(moved.future());
  }

  private synchronized @Nullable Context context() {
    return context;
  }

  private void move(Instant end) {
    for (Optional<Due> next = nextUntil(end); next.isPresent(); next = nextUntil(end)) {
      Due due = next.get();
      clock.set(due.at.isAfter(clock.instant()) ? due.at : clock.instant());
      due.task.run();
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
