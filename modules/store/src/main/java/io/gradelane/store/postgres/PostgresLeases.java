package io.gradelane.store.postgres;

import io.gradelane.store.jobs.Leases;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.Optional;

/** Leases as rows, by the database's clock. */
final class PostgresLeases implements Leases {

  private final Database database;

  PostgresLeases(Database database) {
    this.database = database;
  }

  @Override
  public Future<Optional<Lease>> take(String name, String holder, Duration time) {
    return database
        .send("lease_take", name, holder, time.toMillis())
        .map(rows -> Database.list(rows, row -> new Lease(name, row.getLong("fence"))))
        .map(taken -> taken.stream().findFirst());
  }

  @Override
  public Future<Boolean> renew(Lease lease, Duration time) {
    return database
        .send("lease_renew", lease.name(), lease.fence(), time.toMillis())
        .map(Database::any);
  }

  /** Within a transaction: it commits only if the lease is still ours. */
  static Future<Void> hold(SqlClient over, Lease lease, Duration time) {
    return Database.send(over, "lease_renew", lease.name(), lease.fence(), time.toMillis())
        .compose(rows -> Database.any(rows)
            ? Future.succeededFuture()
            : Future.failedFuture("lease " + lease.name() + ": somebody else has taken it (fence "
                + lease.fence() + ")"));
  }

  @Override
  public Future<Void> release(Lease lease) {
    return database.send("lease_release", lease.name(), lease.fence()).mapEmpty();
  }
}
