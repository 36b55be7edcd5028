package io.gradelane.store.postgres;

import static io.gradelane.testkit.Blocking.get;

import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Sessions;
import io.vertx.core.Vertx;

/** A store in a database of its own. */
final class OwnStore implements AutoCloseable {

  private final DatabaseAddress address = TestDatabase.fresh();
  private final Vertx vertx = Vertx.vertx();
  private final JobStore store =
      get(PostgresJobStore.open(vertx, address, Sessions.Terms.DEFAULT, "node"));

  JobStore store() {
    return store;
  }

  /** Beside the store. */
  void run(String sql) {
    TestDatabase.query(vertx, address, sql);
  }

  @Override
  public void close() {
    get(store.close());
    get(vertx.close());
  }
}
