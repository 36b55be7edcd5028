package io.gradelane.store.postgres;

import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.fleet.HostWrite;
import io.gradelane.store.fleet.StaleFence;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fleet's hosts and samples as rows. */
final class PostgresFleetTable implements FleetTable {

  /** No leader's fence is above it: an operator's word goes by version alone. */
  private static final long UNFENCED = Long.MAX_VALUE;

  private final Database database;

  PostgresFleetTable(Database database) {
    this.database = database;
  }

  /** Two statements: what the first one waits for must be committed when the second one looks. */
  @Override
  public Future<List<Host>> read(long fence) {
    return database.inTransaction(
        (SqlConnection over) -> Database.send(over, "fleet_fence_raise", fence)
            .compose(raised -> Database.any(raised) ? Future.succeededFuture() : stale(over, fence))
            .compose(raised -> Database.send(over, "fleet_hosts_living"))
            .map(rows -> Database.list(rows, FleetRows::host)));
  }

  private static Future<Object> stale(SqlConnection over, long fence) {
    return Database.send(over, "fleet_fence_newest")
        .compose(rows ->
            Future.failedFuture(new StaleFence(fence, rows.iterator().next().getLong("newest"))));
  }

  @Override
  public Future<Set<HostId>> write(long fence, List<HostWrite> rows) {
    return database.send("fleet_hosts_write", FleetRows.write(fence, rows)).compose(answer -> {
      Row row = answer.iterator().next();
      return Boolean.TRUE.equals(row.getBoolean("held"))
          ? Future.succeededFuture(FleetRows.ids(row.getArrayOfStrings("written")))
          : Future.failedFuture(new StaleFence(fence, fence + 1));
    });
  }

  @Override
  public Future<Boolean> amend(@Nullable Host before, Host after) {
    return replace(UNFENCED, before, after);
  }

  @Override
  public Future<List<Host>> hosts() {
    return database.send("fleet_hosts").map(rows -> Database.list(rows, FleetRows::host));
  }

  @Override
  public Future<Void> record(long fence, FleetSample sample) {
    return database
        .send(
            "fleet_sample_add",
            fence,
            time(sample.decision().at()),
            sample.decision().target(),
            FleetSamples.write(sample))
        .compose(rows -> Database.any(rows)
            ? Future.succeededFuture()
            : Future.failedFuture(new StaleFence(fence, fence + 1)));
  }

  @Override
  public Future<List<FleetSample>> samples(Instant from, int most) {
    return database
        .send("fleet_samples", time(from), most)
        .map(rows -> Database.list(rows, PostgresFleetTable::sample));
  }

  @Override
  public Future<Optional<FleetSample>> latest() {
    return database
        .send("fleet_sample_latest")
        .map(rows -> Database.list(rows, PostgresFleetTable::sample).stream().findFirst());
  }

  @Override
  public Future<Void> forget(Instant before) {
    return database
        .send("fleet_samples_forget", time(before))
        .compose(done -> database.send("fleet_hosts_forget", time(before)))
        .mapEmpty();
  }

  private static FleetSample sample(Row row) {
    return FleetSamples.read(row.getJsonObject("sample"));
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
