package io.gradelane.fleet;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Calls something later, on the context that asked for it. */
public interface Timers {

  /** @return cancels it, if it has not been called yet */
  Runnable after(Duration delay, Runnable task);

  /** What {@code future} answers, or a failure after {@code most}. */
  default <T> Future<T> within(Duration most, String what, Future<T> future) {
    Promise<T> first = Promise.promise();
    Runnable cancel =
        after(most, () -> first.tryFail(what + ": no answer within " + most.toSeconds() + " s"));
    future.onComplete(answer -> {
      cancel.run();
      if (answer.succeeded()) {
        first.tryComplete(answer.result());
      } else {
        first.tryFail(answer.cause());
      }
    });
    return first.future();
  }

  static Timers of(Vertx vertx) {
    return (delay, task) -> {
      long id = vertx.setTimer(Math.max(1, delay.toMillis()), timer -> task.run());
      return () -> vertx.cancelTimer(id);
    };
  }
}
