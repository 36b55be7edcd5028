package io.gradelane.store.postgres;

import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.OpensStores;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.testkit.Blocking;
import io.vertx.core.Vertx;

/** All in one database. */
interface InPostgres extends OpensStores {

  DatabaseAddress ADDRESS = TestDatabase.fresh();

  @Override
  default JobStore open(Vertx vertx, Sessions.Terms terms) {
    return Blocking.get(PostgresJobStore.open(vertx, ADDRESS, terms, "node"));
  }
}
