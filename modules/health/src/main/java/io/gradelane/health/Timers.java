package io.gradelane.health;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Calls something later, on the context that asked for it. */
public interface Timers {

  /** @return cancels it, if it has not been called yet */
  Runnable after(Duration delay, Runnable task);

  static Timers of(Vertx vertx) {
    return (delay, task) -> {
      long id = vertx.setTimer(Math.max(1, delay.toMillis()), timer -> task.run());
      return () -> vertx.cancelTimer(id);
    };
  }
}
