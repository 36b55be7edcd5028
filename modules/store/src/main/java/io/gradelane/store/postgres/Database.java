package io.gradelane.store.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Connections to one database, and named statements sent over them. */
final class Database {

  /** Classes of failures that are about the values that were sent: too long, not encodable, out of range, doubled. */
  private static final Set<String> ABOUT_VALUES = Set.of("21", "22", "23", "54");

  private static final String DOUBLED = "23505";

  /** All of a transaction may take as long as so many statements. */
  private static final int TRANSACTION = 2;

  private final Vertx vertx;
  private final Lines lines;
  private final @Nullable SqlConnection transaction;
  private final StatementWatch watch;

  Database(Vertx vertx, DatabaseAddress address) {
    this(vertx, address, StatementWatch.NONE);
  }

  Database(Vertx vertx, DatabaseAddress address, StatementWatch watch) {
    this.vertx = vertx;
    this.watch = watch;
    lines = new Lines(vertx, address);
    transaction = null;
    watch.connections(() -> lines.now().pool.size());
  }

  private Database(Database outer, SqlConnection transaction) {
    vertx = outer.vertx;
    lines = outer.lines;
    watch = outer.watch;
    this.transaction = transaction;
  }

  /** The same database, all of whose statements are part of one transaction. */
  Database within(SqlConnection open) {
    return new Database(this, open);
  }

  Vertx vertx() {
    return vertx;
  }

  /** Sends the statement of that name, with its parameters. */
  Future<RowSet<Row>> send(String name, @Nullable Object... parameters) {
    Consumer<Boolean> ended = watch.sent(name);
    return answer(name, parameters).onComplete(done -> ended.accept(done.succeeded()));
  }

  /** Within a transaction it is that one which is listened to. */
  private Future<RowSet<Row>> answer(String name, @Nullable Object... parameters) {
    if (transaction != null) {
      return send(transaction, name, parameters);
    }
    Line line = lines.now();
    return line.listen(1, send(line.pool, name, parameters));
  }

  static Future<RowSet<Row>> send(SqlClient over, String name, @Nullable Object... parameters) {
    return over.preparedQuery(Statements.named(name))
        .execute(Tuple.from(Arrays.asList(parameters)));
  }

  /** Sends statements without parameters, all as one transaction. */
  static Future<Void> script(SqlClient over, String text) {
    return over.query(text).execute().mapEmpty();
  }

  <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
    if (transaction != null) {
      return work.apply(transaction);
    }
    Line line = lines.now();
    return line.listen(TRANSACTION, line.pool.withTransaction(work));
  }

  Future<Void> script(String text) {
    Line line = lines.now();
    return line.listen(1, script(line.pool, text));
  }

  Future<Void> close() {
    return lines.close();
  }

  static <T> List<T> list(RowSet<Row> rows, Function<Row, T> reader) {
    return StreamSupport.stream(rows.spliterator(), false).map(reader).toList();
  }

  static boolean any(RowSet<Row> rows) {
    return rows.size() > 0;
  }

  /** Whether a row of that key was there. */
  static boolean isDoubled(Throwable failure) {
    return failure instanceof PgException refused && DOUBLED.equals(refused.getSqlState());
  }

  /** Whether the same values would fail again, however often they were sent. */
  static boolean isAboutValues(Throwable failure) {
    return failure instanceof PgException refused
        && refused.getSqlState() != null
        && ABOUT_VALUES.contains(refused.getSqlState().substring(0, 2));
  }
}
