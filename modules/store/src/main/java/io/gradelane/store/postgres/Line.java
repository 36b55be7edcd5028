package io.gradelane.store.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A pool of connections that is listened to: what is not answered in time fails, and the pool is said to be dead. Safe on
 * any thread.
 *
 * <p>The driver would wait for ever. It ends a connection only with the consent of the other side, and one that falls
 * silent while it is being opened keeps its place in the pool for good.
 */
final class Line {

  /** What the driver says when all connections are taken: by what waits for its answer, or by what never got one. */
  private static final Set<String> NO_CONNECTION =
      Set.of("Timeout waiting for connection", "Timeout");

  final Pool pool;
  private final Vertx vertx;
  private final long millis;
  private final Runnable dead;
  private final AtomicBoolean doubted = new AtomicBoolean();

  /** @param dead is told if it is; perhaps more than once */
  Line(Vertx vertx, Pool pool, long millis, Runnable dead) {
    this.vertx = vertx;
    this.pool = pool;
    this.millis = millis;
    this.dead = dead;
  }

  /**
   * What {@code asked} brings, or a failure after the time of so many statements.
   *
   * @param asked over this line
   */
  <T> Future<T> listen(int statements, Future<T> asked) {
    return asked
        .timeout(statements * millis, TimeUnit.MILLISECONDS)
        .onSuccess(answer -> doubted.set(false))
        .onFailure(this::failed);
  }

  private void failed(Throwable failure) {
    if (failure instanceof TimeoutException) {
      dead.run();
    } else if (!NO_CONNECTION.contains(String.valueOf(failure.getMessage()))) {
      doubted.set(false);
    } else if (doubted.compareAndSet(false, true)) {
      vertx.setTimer(millis, later -> {
        if (doubted.get()) {
          dead.run();
        }
      });
    }
  }
}
