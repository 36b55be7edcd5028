package io.gradelane.store.postgres;

import io.gradelane.store.jobs.Deliveries;
import io.gradelane.store.jobs.Leases;
import io.gradelane.store.jobs.Leases.Lease;
import io.gradelane.store.jobs.Upkeep;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;

/** Weeks of partitions: made ahead, dropped when their time has come. */
final class PostgresUpkeep implements Upkeep {

  private static final String LEASE = "upkeep";
  private static final Duration TIME = Duration.ofMinutes(1);

  /** What webhooks were told. */
  private static final Duration KEEP_DELIVERIES = Duration.ofDays(30);

  /** A node whose clock is wrong by days still finds a partition for its ids. */
  private static final List<Integer> WEEKS = List.of(-1, 0, 1, 2);

  private final Database database;
  private final Leases leases;
  private final Deliveries deliveries;

  PostgresUpkeep(Database database, Leases leases, Deliveries deliveries) {
    this.database = database;
    this.leases = leases;
    this.deliveries = deliveries;
  }

  @Override
  public Future<Integer> run(String holder, Duration keep) {
    return leases
        .take(LEASE, holder, TIME)
        .compose(taken -> taken.isEmpty()
            ? Future.succeededFuture(0)
            : run(taken.get(), keep).eventually(() -> leases.release(taken.get())));
  }

  /** Each in a transaction of its own: what locks a table is over soon. */
  private Future<Integer> run(Lease lease, Duration keep) {
    return each(WEEKS, week -> fenced(lease, "week_add", week).mapEmpty())
        .compose(added -> database.send("weeks_over", keep.toMillis()))
        .map(rows -> Database.list(rows, row -> row.getLocalDateTime("week")))
        .compose(over -> drop(lease, over))
        .compose(
            dropped -> database.send("results_expire", keep.toMillis()).map(expired -> dropped))
        .compose(dropped -> deliveries.expire(KEEP_DELIVERIES).map(expired -> dropped));
  }

  private Future<Integer> drop(Lease lease, List<LocalDateTime> over) {
    int[] dropped = {0};
    return each(
            over,
            week -> fenced(lease, "week_drop", week)
                .onSuccess(gone -> {
                  if (gone) {
                    dropped[0]++;
                  }
                })
                .mapEmpty())
        .map(done -> dropped[0]);
  }

  /** Gives up rather than wait long for a lock, for whoever comes later would wait behind it. */
  private Future<Boolean> fenced(Lease lease, String statement, Object week) {
    return database.inTransaction(
        (SqlConnection over) -> Database.script(over, "SET LOCAL lock_timeout = '2s'")
            .compose(set -> Database.send(over, statement, week))
            .map(rows -> Boolean.TRUE.equals(rows.iterator().next().getValue(0)))
            .compose(answer -> PostgresLeases.hold(over, lease, TIME).map(held -> answer)));
  }

  private static <T> Future<Void> each(
      List<T> all, java.util.function.Function<T, Future<Void>> step) {
    Future<Void> done = Future.succeededFuture();
    for (T one : all) {
      done = done.compose(before -> step.apply(one));
    }
    return done;
  }
}
