package io.gradelane.store.postgres;

import io.gradelane.core.job.BatchId;
import io.gradelane.store.jobs.Sessions;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions as rows that are renewed by the database's clock. */
final class PostgresSessions implements Sessions {

  private static final Logger log = LoggerFactory.getLogger(PostgresSessions.class);

  private final Database database;
  private final Terms terms;

  PostgresSessions(Database database, Terms terms) {
    this.database = database;
    this.terms = terms;
  }

  @Override
  public Future<Long> open(String node) {
    return database
        .send("session_open", node, terms.lease().toMillis())
        .map(rows -> rows.iterator().next().getLong("id"));
  }

  @Override
  public Future<Optional<Duration>> renew(long session) {
    return database
        .send("session_renew", session, terms.lease().toMillis(), terms.inTime().toMillis())
        .map(rows -> Database.list(rows, row -> Duration.ofMillis(row.getLong("steady_ms"))))
        .map(steady -> steady.stream().findFirst());
  }

  @Override
  public Future<List<Long>> living() {
    return database
        .send("sessions_living")
        .map(rows -> Database.list(rows, row -> row.getLong("id")));
  }

  @Override
  public Future<Void> leave(long session) {
    return database.send("session_leave", session).mapEmpty();
  }

  @Override
  public Future<List<Rescued>> rescue(long session, int strikes) {
    return database
        .send("sessions_end", session, terms.lease().toMillis())
        .onSuccess(rows -> rows.forEach(PostgresSessions::say))
        .compose(ended -> database.send("sessions_to_rescue"))
        .map(rows -> Database.list(rows, row -> row.getLong("id")))
        .compose(gone ->
            gone.isEmpty() ? Future.succeededFuture(List.of()) : rescue(session, strikes, gone));
  }

  /** Batch by batch: what runs, runs in one that has not ended. */
  private Future<List<Rescued>> rescue(long session, int strikes, List<Long> gone) {
    List<Rescued> rescued = new ArrayList<>();
    return database
        .send("batches_open_ids")
        .map(rows -> Database.list(rows, row -> new BatchId(row.getUUID("id"))))
        .compose(open -> each(open, session, strikes, rescued))
        .compose(done -> database.send("sessions_rescued", (Object) gone.toArray(Long[]::new)))
        .map(done -> List.copyOf(rescued));
  }

  private Future<Void> each(List<BatchId> open, long session, int strikes, List<Rescued> rescued) {
    Future<Void> all = Future.succeededFuture();
    for (BatchId batch : open) {
      all = all.compose(before -> database
          .send("jobs_rescue", batch.value(), session, batch.last().value(), (short) strikes)
          .map(rows -> Database.list(rows, Rows::rescued))
          .onSuccess(rescued::addAll)
          .mapEmpty());
    }
    return all;
  }

  private static void say(Row row) {
    log.atWarn()
        .addKeyValue("session", row.getLong("id"))
        .addKeyValue("node", row.getString("node"))
        .log("a node's session has ended without a word: what ran under it is taken back");
  }
}
