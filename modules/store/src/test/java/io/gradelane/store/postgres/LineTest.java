package io.gradelane.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.Signal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LineTest {

  private static final Future<String> NO_CONNECTION =
      Future.failedFuture(new VertxException("Timeout waiting for connection", true));

  private final Vertx vertx = Vertx.vertx();
  private final Pool pool =
      PgBuilder.pool().connectingTo(new PgConnectOptions()).using(vertx).build();
  private final Signal<Boolean> dead = new Signal<Boolean>("it is said to be dead").open();
  private final Line line = new Line(vertx, pool, 200, () -> dead.emit(true));

  @AfterEach
  void close() {
    Blocking.get(pool.close());
    Blocking.get(vertx.close());
  }

  @Test
  void whatIsNotAnsweredFailsAndTheLineIsDead() {
    Future<String> heard = line.listen(1, Promise.<String>promise().future());

    assertThat(dead.await()).isTrue();
    Eventually.await("its asker knows", heard::failed);
    assertThat(heard.cause()).isInstanceOf(TimeoutException.class);
  }

  @Test
  void whereNobodyGetsAConnectionAnyMoreTheLineIsDead() {
    assertThat(line.listen(1, NO_CONNECTION).failed()).isTrue();

    assertThat(dead.await()).isTrue();
  }

  @Test
  void oneThatAnswersMeanwhileIsOnlyBusy() {
    Signal<Boolean> later = new Signal<Boolean>("what would have come has come").open();
    Line other = new Line(vertx, pool, 400, () -> later.emit(true));
    vertx.runOnContext(oneTurn -> {
      line.listen(1, NO_CONNECTION);
      line.listen(1, Future.succeededFuture("answer"));
      other.listen(1, NO_CONNECTION);
    });

    later.await();
    dead.emit(false);
    assertThat(dead.await()).as("nobody said so before").isFalse();
  }
}
