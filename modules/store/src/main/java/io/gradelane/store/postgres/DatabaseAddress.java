package io.gradelane.store.postgres;

import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, and as whom to speak to it.
 *
 * @param url {@code postgresql://host:port/database}, with {@code ?sslmode=…} if need be
 * @param password or null
 * @param connections most at once, 1 or more
 */
public record DatabaseAddress(
    String url, String user, @Nullable String password, int connections) {

  /** All of ours, however long: the client would prepare those of more than 2,048 characters again each time. */
  private static final int MOST_STATEMENTS = 64;

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /**
   * Every statement finds its rows by key, so its plan must not change with what the planner believes of a table that was
   * empty when it first looked. A statement of ours that takes 30 s has gone wrong.
   */
  private static final Map<String, String> SESSION = Map.of(
      "application_name", "gradelane",
      "plan_cache_mode", "force_generic_plan",
      "enable_seqscan", "off",
      "enable_bitmapscan", "off",
      "enable_hashjoin", "off",
      "enable_mergejoin", "off",
      "jit", "off",
      "statement_timeout", "30000",
      "idle_in_transaction_session_timeout", "30000");

  PgConnectOptions connect() {
    PgConnectOptions options = PgConnectOptions.fromUri(url)
        .setUser(user)
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(MOST_STATEMENTS)
        .setPreparedStatementCacheSqlFilter(any -> true);
    SESSION.forEach(options::addProperty);
    return password == null ? options : options.setPassword(password);
  }

  NetClientOptions net() {
    return new NetClientOptions().setConnectTimeout((int) CONNECT.toMillis());
  }

  PoolOptions pool() {
    return new PoolOptions()
        .setMaxSize(connections)
        .setConnectionTimeout((int) CONNECT.toSeconds())
        .setShared(false);
  }

  @Override
  public String toString() {
    return url + " as " + user;
  }
}
