package io.gradelane.store.postgres;

import io.gradelane.store.jobs.Deliveries;
import io.gradelane.store.jobs.Leases;
import io.gradelane.store.jobs.Leases.Lease;
import io.gradelane.store.jobs.Upkeep;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Weeks and days of partitions: made ahead, dropped when their time has come. Each in a transaction of its own: what locks
 * a table is over soon. And what else is old, dropped: request keys, known results, what webhooks were told.
 */
final class PostgresUpkeep implements Upkeep {

  private static final Duration TIME = Duration.ofMinutes(1);

  /** What webhooks were told. */
  private static final Duration KEEP_DELIVERIES = Duration.ofDays(30);

  /** A node whose clock is wrong by days still finds a partition for its ids. */
  private static final List<Integer> WEEKS = List.of(-1, 0, 1, 2);

  private static final List<Integer> DAYS = List.of(-1, 0, 1, 2, 3);

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
    return underLease(
        holder,
        "upkeep",
        lease -> each(WEEKS, week -> fenced(lease, "week_add", week))
            .compose(added -> database.send("request_keys_drop"))
            .compose(dropped -> database.send("weeks_over", keep.toMillis()))
            .map(rows -> Database.list(rows, row -> row.getLocalDateTime("week")))
            .compose(over -> each(over, week -> fenced(lease, "week_drop", week)))
            .compose(weeks -> database
                .send("results_expire", keep.toMillis())
                .compose(expired -> deliveries.expire(KEEP_DELIVERIES))
                .map(expired -> weeks)));
  }

  @Override
  public Future<Integer> days(String holder, Duration keep) {
    return underLease(
        holder,
        "upkeep of days",
        lease -> each(DAYS, day -> fenced(lease, "day_add", day))
            .compose(added -> database.send("days_over", keep.toMillis()))
            .map(rows -> Database.list(rows, row -> row.getLocalDate("day")))
            .compose(over -> each(over, day -> fenced(lease, "day_drop", day))));
  }

  private Future<Integer> underLease(
      String holder, String name, Function<Lease, Future<Integer>> work) {
    return leases
        .take(name, holder, TIME)
        .compose(taken -> taken.isEmpty()
            ? Future.succeededFuture(0)
            : work.apply(taken.get()).eventually(() -> leases.release(taken.get())));
  }

  /** Gives up rather than wait long for a lock, for whoever comes later would wait behind it. */
  private Future<Boolean> fenced(Lease lease, String statement, Object week) {
    return database.inTransaction(
        (SqlConnection over) -> Database.script(over, "SET LOCAL lock_timeout = '2s'")
            .compose(set -> Database.send(over, statement, week))
            .map(rows -> Boolean.TRUE.equals(rows.iterator().next().getValue(0)))
            .compose(answer -> PostgresLeases.hold(over, lease, TIME).map(held -> answer)));
  }

  /** One after the other. @return how many have answered yes */
  private static <T> Future<Integer> each(List<T> all, Function<T, Future<Boolean>> step) {
    Future<Integer> done = Future.succeededFuture(0);
    for (T one : all) {
      done = done.compose(count -> step.apply(one).map(yes -> yes ? count + 1 : count));
    }
    return done;
  }
}
