package io.gradelane.store.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to one database, and named statements sent over them. When they fall silent they are left alone, and others
 * are opened in their place.
 */
final class Database {

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  /** All of a transaction may take as long as so many statements. */
  private static final int TRANSACTION = 2;

  /** Whoever leaves waits no longer for what is silent. */
  private static final long CLOSE_SECONDS = 5;

  /** Classes of failures that are about the values that were sent: too long, not encodable, out of range, doubled. */
  private static final Set<String> ABOUT_VALUES = Set.of("21", "22", "23", "54");

  private final Vertx vertx;
  private final DatabaseAddress address;
  private volatile Line line;
  private volatile Line spare;
  private final StatementWatch watch;

  Database(Vertx vertx, DatabaseAddress address) {
    this(vertx, address, StatementWatch.NONE);
  }

  Database(Vertx vertx, DatabaseAddress address, StatementWatch watch) {
    this.vertx = vertx;
    this.address = address;
    this.watch = watch;
    line = open();
    spare = open();
    watch.connections(() -> line.pool.size());
  }

  private Line open() {
    Pool pool = PgBuilder.pool()
        .with(address.pool())
        .with(address.net())
        .connectingTo(address.connect())
        .using(vertx)
        .build();
    return new Line(vertx, pool, address.silence().toMillis(), () -> leave(pool));
  }

  /**
   * What is under way on others of its connections ends there. The next pool is made ahead, and on a thread of its own: one
   * that is made on a verticle's context would end with that verticle.
   */
  private synchronized void leave(Pool silent) {
    if (line.pool.equals(silent)) {
      line = spare;
      Thread.startVirtualThread(() -> spare = open());
      log.atWarn()
          .addKeyValue("waited", address.silence())
          .log("a connection to the database is silent: all are given up, and others opened");
      silent.close();
    }
  }

  Vertx vertx() {
    return vertx;
  }

  /** Sends the statement of that name, with its parameters. */
  Future<RowSet<Row>> send(String name, @Nullable Object... parameters) {
    Consumer<Boolean> ended = watch.sent(name);
    Line over = line;
    return over.listen(1, send(over.pool, name, parameters))
        .onComplete(done -> ended.accept(done.succeeded()));
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
    Line over = line;
    return over.listen(TRANSACTION, over.pool.withTransaction(work));
  }

  Future<Void> script(String text) {
    Line over = line;
    return over.listen(1, script(over.pool, text));
  }

  Future<Void> close() {
    return Future.join(line.pool.close(), spare.pool.close())
        .timeout(CLOSE_SECONDS, TimeUnit.SECONDS)
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  static <T> List<T> list(RowSet<Row> rows, Function<Row, T> reader) {
    return StreamSupport.stream(rows.spliterator(), false).map(reader).toList();
  }

  static boolean any(RowSet<Row> rows) {
    return rows.size() > 0;
  }

  /** Whether the same values would fail again, however often they were sent. */
  static boolean isAboutValues(Throwable failure) {
    return failure instanceof PgException refused
        && refused.getSqlState() != null
        && ABOUT_VALUES.contains(refused.getSqlState().substring(0, 2));
  }
}
