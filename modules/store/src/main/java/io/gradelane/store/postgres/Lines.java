package io.gradelane.store.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line over which a database is spoken to, and the next one: when it falls silent it is left alone, and the next takes
 * its place. Safe on any thread.
 */
final class Lines {

  private static final Logger log = LoggerFactory.getLogger(Lines.class);

  /** Whoever leaves waits no longer for what is silent. */
  private static final long CLOSE_SECONDS = 5;

  private final Vertx vertx;
  private final DatabaseAddress address;
  private volatile Line now;
  private volatile Line next;

  Lines(Vertx vertx, DatabaseAddress address) {
    this.vertx = vertx;
    this.address = address;
    now = open();
    next = open();
  }

  Line now() {
    return now;
  }

  Future<Void> close() {
    return Future.join(now.pool.close(), next.pool.close())
        .timeout(CLOSE_SECONDS, TimeUnit.SECONDS)
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private Line open() {
    Pool pool = PgBuilder.pool()
        .with(address.pool())
        .with(address.net())
        .connectingTo(address.connect())
        .using(vertx)
        .build();
    return new Line(vertx, pool, address.silence().toMillis(), () -> leave(pool));
  }

  /**
   * What is under way on others of its connections ends there. The next one is made ahead, and on a thread of its own: a
   * pool that is made on a verticle's context would end with that verticle.
   */
  private synchronized void leave(Pool silent) {
    if (now.pool.equals(silent)) {
      now = next;
      Thread.startVirtualThread(() -> next = open());
      log.atWarn()
          .addKeyValue("waited", address.silence())
          .log("a connection to the database is silent: all are given up, and others opened");
      silent.close();
    }
  }
}
