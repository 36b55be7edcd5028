package io.gradelane.jobe.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A test thread's view of futures. */
final class Waiting {

  private static final int SECONDS = 20;

  private Waiting() {}

  static <T> T on(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  /** Calls on {@code context}, as a verticle would. */
  static <T> T on(Context context, Supplier<Future<T>> call) throws Exception {
    Promise<T> promise = Promise.promise();
    context.runOnContext(turn -> call.get().onComplete(promise));
    return on(promise.future());
  }
}
