package io.gradelane.store.postgres;

import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.BatchEvent;
import io.gradelane.store.jobs.BatchEvents;
import io.gradelane.store.jobs.EventCursor;
import io.gradelane.store.jobs.LogHead;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of each batch as rows. */
final class PostgresEvents implements BatchEvents {

  private final Database database;

  PostgresEvents(Database database) {
    this.database = database;
  }

  @Override
  public Future<List<BatchEvent>> since(BatchId batch, EventCursor cursor, int limit) {
    List<Map.Entry<Long, Long>> seen = List.copyOf(cursor.seen().entrySet());
    return database
        .send(
            "events_since",
            batch.value(),
            Columns.longs(seen, Map.Entry::getKey),
            Columns.longs(seen, Map.Entry::getValue),
            limit)
        .map(rows -> Database.list(rows, Rows::event));
  }

  @Override
  public Future<Optional<LogHead>> head(BatchId batch, @Nullable JobId job) {
    return database
        .send("events_head", batch.value(), job == null ? null : job.value())
        .map(rows -> Database.list(rows, Rows::head).stream().findFirst());
  }
}
