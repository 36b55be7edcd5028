package io.gradelane.store.postgres;

import io.gradelane.core.run.RunId;
import io.gradelane.store.runs.RunFilter;
import io.gradelane.store.runs.RunRecord;
import io.gradelane.store.runs.RunRecord.State;
import io.gradelane.store.runs.RunRecords;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of runs, as rows. */
final class PostgresRunRecords implements RunRecords {

  private static final Logger log = LoggerFactory.getLogger(PostgresRunRecords.class);

  /** By their codes, from 1; never changed. */
  private static final List<State> STATES =
      List.of(State.ANSWERED, State.REFUSED, State.TURNED_AWAY, State.GONE, State.CRASHED);

  private final Database database;

  PostgresRunRecords(Database database) {
    this.database = database;
  }

  /** What is refused because of a value is sent again in halves, until that row stands alone. */
  @Override
  public Future<Integer> add(List<RunRecord> group) {
    return send(group)
        .map(0)
        .recover(failure ->
            Database.isAboutValues(failure) ? apart(group, failure) : Future.failedFuture(failure));
  }

  private Future<Integer> apart(List<RunRecord> group, Throwable failure) {
    if (group.size() == 1) {
      log.atError()
          .addKeyValue("run", group.getFirst().run())
          .addKeyValue("reason", failure.getMessage())
          .log("the database refuses the record of a run");
      return Future.succeededFuture(1);
    }
    int half = group.size() / 2;
    return add(group.subList(0, half))
        .compose(first -> add(group.subList(half, group.size())).map(second -> first + second));
  }

  /** Some may be there already, if nobody knows what became of the first try: they are left as they are. */
  private Future<?> send(List<RunRecord> group) {
    @Nullable Object[] columns = columns(group);
    return database
        .send("runs_add", columns)
        .recover(failure -> Database.isDoubled(failure)
            ? database.send("runs_add_missing", columns)
            : Future.failedFuture(failure));
  }

  private static @Nullable Object[] columns(List<RunRecord> group) {
    return new @Nullable Object[] {
      Columns.uuids(group, run -> run.run().value()),
      Columns.integers(group, RunRecord::waitedMillis),
      Columns.integers(group, RunRecord::tookMillis),
      Columns.shorts(group, run -> code(run.state())),
      Columns.shorts(group, RunRecord::status),
      Columns.shorts(group, RunRecord::serverLoad),
      Columns.shorts(group, RunRecord::serverSlots),
      Columns.texts(group, RunRecord::request),
      Columns.texts(group, RunRecord::tenant),
      Columns.texts(group, RunRecord::lane),
      Columns.texts(group, RunRecord::language),
      Columns.texts(group, RunRecord::node),
      Columns.texts(group, RunRecord::outcome),
      Columns.texts(group, RunRecord::doubt),
      Columns.texts(group, run -> String.join(" ", run.servers()))
    };
  }

  @Override
  public Future<List<RunRecord>> page(RunFilter filter, int size) {
    return database
        .send(
            "runs_page",
            time(filter.from()),
            time(filter.to()),
            filter.before() == null ? null : filter.before().value(),
            filter.request(),
            filter.tenant(),
            filter.lane(),
            filter.server(),
            filter.outcome(),
            filter.state() == null ? null : (Short) (short) code(filter.state()),
            size)
        .map(rows -> Database.list(rows, PostgresRunRecords::read));
  }

  private static RunRecord read(Row row) {
    return new RunRecord(
        new RunId(row.getUUID("run")),
        row.getString("request"),
        row.getString("tenant"),
        row.getString("lane"),
        row.getString("language"),
        row.getString("node"),
        STATES.get(row.getInteger("state") - 1),
        row.getString("outcome"),
        row.getInteger("status"),
        row.getInteger("waited_ms"),
        row.getInteger("took_ms"),
        List.of(row.getArrayOfStrings("servers")),
        row.getInteger("server_load"),
        row.getInteger("server_slots"),
        row.getString("doubt"));
  }

  private static int code(State state) {
    return STATES.indexOf(state) + 1;
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
