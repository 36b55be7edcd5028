package io.gradelane.launcher;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A start as named steps, one after the other; a stop undoes in reverse order those that were done. A step that fails
 * undoes the ones before it.
 */
final class Startup {

  private static final Logger log = LoggerFactory.getLogger(Startup.class);

  /**
   * @param name a word for the log and for the line that says what failed
   * @param undo is called only after {@code start} has succeeded
   */
  record Step(String name, Supplier<Future<?>> start, Supplier<Future<?>> undo) {}

  /** The first step that failed; its message is fit for people. */
  static final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailed(String step, Throwable cause) {
      super(step + ": " + Failures.line(cause), cause);
    }
  }

  /** Written by the chain of start and stop alone, of which there is one at a time. */
  private final Deque<Step> done = new ArrayDeque<>();

  private Future<Void> starting = Future.succeededFuture();

  /** @return fails with {@link StepFailed}, and then nothing is left running */
  synchronized Future<Void> start(List<Step> steps) {
    for (Step step : steps) {
      starting = starting.compose(before -> start(step));
    }
    starting =
        starting.recover(failure -> undoAll().transform(ended -> Future.failedFuture(failure)));
    return starting;
  }

  /** Waits for a start that is under way, then undoes it. Never fails; what can't be undone is logged. */
  synchronized Future<Void> stop() {
    return starting.transform(started -> undoAll());
  }

  private Future<Void> start(Step step) {
    long began = System.nanoTime();
    return call(step.start())
        .onSuccess(started -> {
          done.push(step);
          log.atDebug()
              .addKeyValue("step", step.name())
              .addKeyValue("ms", (System.nanoTime() - began) / 1_000_000)
              .log("step is done");
        })
        .recover(failure -> Future.failedFuture(new StepFailed(step.name(), failure)));
  }

  private Future<Void> undoAll() {
    if (done.isEmpty()) {
      return Future.succeededFuture();
    }
    Step step = done.pop();
    return call(step.undo())
        .onFailure(failure -> log.atWarn()
            .addKeyValue("step", step.name())
            .setCause(failure)
            .log("step could not be undone"))
        .transform(undone -> undoAll());
  }

  /** A step that throws has failed like one whose future fails. */
  private static Future<Void> call(Supplier<Future<?>> action) {
    return Future.succeededFuture().compose(now -> action.get()).mapEmpty();
  }
}
