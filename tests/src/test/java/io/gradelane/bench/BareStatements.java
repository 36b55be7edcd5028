package io.gradelane.bench;

import io.gradelane.core.job.BatchId;
import io.gradelane.postgres.PostgresServer;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.Jobs.Offer;
import io.gradelane.store.jobs.NewJob;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The store's statements with their parameters and nothing around them: what a bare loop reaches. */
final class BareStatements {

  /** As the store has it. */
  private static final List<String> PLANS_OFF =
      List.of("enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin", "jit");

  private final Pool pool;

  BareStatements(Vertx vertx, PostgresServer server, int connections) {
    this(vertx, server, server.url(), connections);
  }

  /** @param url of one of its databases */
  BareStatements(Vertx vertx, PostgresServer server, String url, int connections) {
    PgConnectOptions options = PgConnectOptions.fromUri(url)
        .setUser(PostgresServer.USER)
        .setPassword(server.password())
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheSqlFilter(any -> true);
    for (String off : PLANS_OFF) {
      options.addProperty(off, "off");
    }
    options.addProperty("plan_cache_mode", "force_generic_plan");
    pool = PgBuilder.pool()
        .with(new PoolOptions().setMaxSize(connections))
        .connectingTo(options)
        .using(vertx)
        .build();
  }

  Pool pool() {
    return pool;
  }

  Future<Void> close() {
    return pool.close();
  }

  Future<?> enqueue(BatchId batch, long session, List<List<NewJob>> slices) {
    return pool.withTransaction(over -> {
      Future<?> done = Future.succeededFuture();
      int before = 0;
      for (List<NewJob> slice : slices) {
        int from = before;
        before += slice.size();
        done = done.compose(any -> insert(over, batch, slice, from));
      }
      int total = before;
      return done.compose(any -> send(
              over,
              "batch_insert",
              batch.value(),
              "bench",
              "bench",
              null,
              total,
              true,
              "bulk",
              0,
              null,
              Integer.MAX_VALUE,
              batch.last().value(),
              null,
              null,
              1,
              (short) 0))
          .compose(any -> send(over, "event_add", batch.value(), session, (short) 1, "bench"));
    });
  }

  private static Future<?> insert(SqlClient over, BatchId batch, List<NewJob> slice, int before) {
    UUID[] ids = new UUID[slice.size()];
    Arrays.setAll(ids, i -> batch.job(before + i + 1).value());
    return send(
            over,
            "jobs_insert",
            ids,
            column(slice, NewJob::language, String[]::new),
            column(slice, NewJob::costMillis, Integer[]::new))
        .compose(done -> send(
            over,
            "job_specs_insert",
            ids,
            column(slice, NewJob::ref, String[]::new),
            column(slice, NewJob::spec, Buffer[]::new)));
  }

  Future<?> claim(long session, List<Offer> offers) {
    return send(
        pool,
        "jobs_claim",
        session,
        column(offers, offer -> offer.job().value(), UUID[]::new),
        column(offers, offer -> offer.job().batch().value(), UUID[]::new),
        column(offers, Offer::server, String[]::new));
  }

  Future<?> finish(long session, List<EndedAttempt> group) {
    return send(
        pool,
        "jobs_finish",
        session,
        column(group, one -> one.claim().job().value(), UUID[]::new),
        column(group, one -> one.claim().job().batch().value(), UUID[]::new),
        same(group, (short) 1, Short[]::new),
        column(group, one -> one.claim().session(), Long[]::new),
        same(group, (short) 2, Short[]::new),
        same(group, (short) 1, Short[]::new),
        same(group, (short) 15, Short[]::new),
        same(group, 10, Integer[]::new),
        same(group, 200, Integer[]::new),
        same(group, (short) 3, Short[]::new),
        same(group, (short) 4, Short[]::new),
        same(group, "s1", String[]::new),
        same(group, "", String[]::new),
        column(group, EndedAttempt::result, Buffer[]::new),
        "bench",
        null,
        null,
        null);
  }

  static Future<?> send(SqlClient over, String name, @Nullable Object... parameters) {
    return over.preparedQuery(text(name)).execute(Tuple.from(Arrays.asList(parameters)));
  }

  static String text(String name) {
    try (InputStream file = BareStatements.class.getResourceAsStream("/sql/" + name + ".sql")) {
      if (file == null) {
        throw new IllegalArgumentException("no statement " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T, C> Object column(
      List<T> rows, Function<T, C> value, java.util.function.IntFunction<C[]> array) {
    return rows.stream().map(value).toArray(array);
  }

  private static <T, C> Object same(
      List<T> rows, C value, java.util.function.IntFunction<C[]> array) {
    return rows.stream().map(row -> value).toArray(array);
  }
}
