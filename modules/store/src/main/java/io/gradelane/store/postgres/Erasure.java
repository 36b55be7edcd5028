package io.gradelane.store.postgres;

import io.gradelane.core.job.BatchId;
import io.gradelane.store.jobs.Jobs.Erased;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Erases what jobs were and gave. The one statement that reads whole tables, for no index knows refs: so it alone may, and
 * may take its time.
 */
final class Erasure {

  /** So long it may take. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  private static final UUID LEAST = new UUID(0, 0);
  private static final UUID GREATEST = new UUID(-1, -1);

  private static final String MAY_READ_ALL = """
      SET LOCAL enable_seqscan = on; SET LOCAL enable_hashjoin = on; SET LOCAL plan_cache_mode = force_custom_plan""";

  private final Database database;

  /** @param database that waits for {@link #LONGEST} */
  Erasure(Database database) {
    this.database = database;
  }

  Future<Erased> erase(long session, @Nullable String tenant, String ref, @Nullable BatchId batch) {
    UUID low = batch == null ? LEAST : batch.value();
    UUID high = batch == null ? GREATEST : batch.last().value();
    return database.inTransaction((SqlConnection over) -> Database.script(over, MAY_READ_ALL)
        .compose(set -> Database.send(over, "jobs_erase", session, ref, tenant, low, high))
        .map(rows -> erased(rows.iterator().next())));
  }

  private static Erased erased(Row row) {
    return new Erased(
        row.getInteger("erased"), row.getInteger("cancelled"), row.getInteger("running"));
  }
}
