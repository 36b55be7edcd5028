package io.gradelane.store.postgres;

import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.PostgresFixture;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/** Databases of their own, all in one PostgreSQL, which starts with the first and ends with the JVM. */
final class TestDatabase {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final PostgresFixture SHARED = PostgresFixture.start();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SHARED::close));
  }

  private TestDatabase() {}

  /** An empty one. */
  static DatabaseAddress fresh() {
    String name = "t" + NUMBER.incrementAndGet();
    Vertx vertx = Vertx.vertx();
    try {
      query(vertx, in(SHARED, SHARED.database()), "CREATE DATABASE " + name);
    } finally {
      Blocking.get(vertx.close());
    }
    return in(SHARED, name);
  }

  static DatabaseAddress in(PostgresFixture fixture, String database) {
    return at(fixture, fixture.port(), database);
  }

  /** Through a relay on this port. */
  static DatabaseAddress at(PostgresFixture fixture, int port, String database) {
    String url = "postgresql://" + fixture.host() + ":" + port + "/" + database;
    return new DatabaseAddress(url, fixture.user(), fixture.password(), 4);
  }

  /** As an operator would ask, beside the store. */
  static List<Row> query(Vertx vertx, DatabaseAddress address, String sql) {
    Pool pool = PgBuilder.pool().connectingTo(address.connect()).using(vertx).build();
    try {
      return StreamSupport.stream(Blocking.get(pool.query(sql).execute()).spliterator(), false)
          .toList();
    } finally {
      Blocking.get(pool.close());
    }
  }
}
