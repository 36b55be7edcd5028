package io.gradelane.store.postgres;

import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, and as whom to speak to it.
 *
 * @param url {@code postgresql://host:port/database}, with {@code ?sslmode=…} if need be
 * @param password or null
 * @param connections most at once, 1 or more
 * @param timeout ends a statement, by the database; where that does not come either, the connection is given up
 */
public record DatabaseAddress(
    String url, String user, @Nullable String password, int connections, Duration timeout) {

  /** All of ours, however long: the client would prepare those of more than 2,048 characters again each time. */
  private static final int MOST_STATEMENTS = 64;

  /** A statement of ours that takes so long has gone wrong. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** So much later than the timeout, what the database says of it would have come. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /**
   * Every statement finds its rows by key, so its plan must not change with what the planner believes of a table that was
   * empty when it first looked.
   */
  private static final Map<String, String> SESSION = Map.of(
      "application_name", "gradelane",
      "plan_cache_mode", "force_generic_plan",
      "enable_seqscan", "off",
      "enable_bitmapscan", "off",
      "enable_hashjoin", "off",
      "enable_mergejoin", "off",
      "jit", "off");

  public DatabaseAddress(String url, String user, @Nullable String password, int connections) {
    this(url, user, password, connections, TIMEOUT);
  }

  /** The same for the few statements that may take their time. */
  DatabaseAddress patient(Duration longest) {
    return new DatabaseAddress(url, user, password, 1, longest);
  }

  PgConnectOptions connect() {
    PgConnectOptions options = PgConnectOptions.fromUri(url)
        .setUser(user)
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(MOST_STATEMENTS)
        .setPreparedStatementCacheSqlFilter(any -> true);
    SESSION.forEach(options::addProperty);
    String millis = String.valueOf(timeout.toMillis());
    options.addProperty("statement_timeout", millis);
    options.addProperty("idle_in_transaction_session_timeout", millis);
    return password == null ? options : options.setPassword(password);
  }

  /** By then, what was sent has been answered, if only by what the database says of a statement that took too long. */
  Duration silence() {
    return timeout.plus(GRACE);
  }

  /** A connection on which nothing is said or heard for longer is closed, as soon as the other side agrees. */
  NetClientOptions net() {
    return new NetClientOptions()
        .setConnectTimeout((int) CONNECT.toMillis())
        .setIdleTimeout((int) silence().toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  /** What nobody uses is closed before it could be taken for one that hangs. */
  PoolOptions pool() {
    return new PoolOptions()
        .setMaxSize(connections)
        .setIdleTimeout((int) timeout.toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setConnectionTimeout((int) CONNECT.toSeconds())
        .setShared(false);
  }

  @Override
  public String toString() {
    return url + " as " + user;
  }
}
