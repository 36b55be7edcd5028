package io.gradelane.store.postgres;

import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.Origin;
import io.gradelane.store.jobs.Results;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Known results: attempts, found by a digest. */
final class PostgresResults implements Results {

  private final Database database;

  PostgresResults(Database database) {
    this.database = database;
  }

  @Override
  public Future<Map<Buffer, Known>> find(Collection<Buffer> digests) {
    return database
        .send("results_find", (Object) digests.toArray(Buffer[]::new))
        .map(rows -> {
          Map<Buffer, Known> known = new HashMap<>();
          rows.forEach(row -> known.put(row.getBuffer("digest"), read(row)));
          return known;
        });
  }

  private static Known read(Row row) {
    return new Known(
        new Origin(new JobId(row.getUUID("job")), row.getInteger("attempt")),
        row.getString("server"),
        row.getBuffer("result"));
  }
}
