package io.gradelane.store.postgres;

import io.gradelane.store.jobs.Once;
import io.gradelane.store.jobs.RequestKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys under which something is done once. A key is taken first in the transaction that does it, so whoever sends the
 * same at the same time waits for the first to be kept or to fail.
 */
final class RequestKeys {

  /** Longer than a great batch takes. */
  private static final String WAIT_FOR_THE_FIRST = "SET LOCAL lock_timeout = '10s'";

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Database database;

  RequestKeys(Database database) {
    this.database = database;
  }

  Future<Once> once(RequestKey key, Function<Database, Future<Once.Answer>> work) {
    return database
        .<Once>inTransaction(over -> take(over, key, null)
            .compose(taken -> taken
                ? work.apply(database.within(over)).compose(answer -> keep(over, key, answer))
                : before(over, key)))
        .recover(failure -> isUnderWay(failure)
            ? Future.succeededFuture(new Once.UnderWay())
            : Future.failedFuture(failure));
  }

  /** @return whether it stood for nothing yet */
  static Future<Boolean> take(SqlConnection over, RequestKey key, @Nullable UUID batch) {
    return Database.script(over, WAIT_FOR_THE_FIRST)
        .compose(set ->
            Database.send(over, "request_key_take", key.tenant(), key.key(), key.digest(), batch))
        .map(Database::any);
  }

  static Future<Void> answer(SqlConnection over, RequestKey key, int status, Buffer answer) {
    return Database.send(
            over, "request_key_answer", key.tenant(), key.key(), answer, (short) status)
        .mapEmpty();
  }

  /** What the key stands for; empty if that is another request. */
  static Future<Optional<Row>> find(SqlConnection over, RequestKey key) {
    Future<RowSet<Row>> found = Database.send(over, "request_key_find", key.tenant(), key.key());
    return found.map(rows -> Optional.of(rows.iterator().next())
        .filter(row -> row.getBuffer("digest").equals(key.digest())));
  }

  static boolean isUnderWay(Throwable failure) {
    return failure instanceof PgException refused
        && LOCK_NOT_AVAILABLE.equals(refused.getSqlState());
  }

  private static Future<Once> keep(SqlConnection over, RequestKey key, Once.Answer answer) {
    return answer(over, key, answer.status(), answer.body()).map(kept -> new Once.Done(answer));
  }

  private static Future<Once> before(SqlConnection over, RequestKey key) {
    return find(over, key)
        .map(found -> found
            .<Once>map(row ->
                new Once.Before(new Once.Answer(row.getInteger("status"), row.getBuffer("answer"))))
            .orElseGet(Once.Taken::new));
  }
}
