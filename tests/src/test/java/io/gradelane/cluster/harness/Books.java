package io.gradelane.cluster.harness;

import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.PostgresFixture;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The tables, as an auditor reads them beside the nodes. */
final class Books implements AutoCloseable {

  private static final int SLICE = 5_000;

  private final Vertx vertx = Vertx.vertx();
  private final Pool pool;

  Books(PostgresFixture postgres) {
    PgConnectOptions options = new PgConnectOptions()
        .setHost(postgres.host())
        .setPort(postgres.port())
        .setUser(postgres.user())
        .setPassword(postgres.password())
        .setDatabase(postgres.database());
    pool = PgBuilder.pool().connectingTo(options).using(vertx).build();
  }

  /** A result as it is kept. */
  record Kept(int sequence, String body) {

    String stdout() {
      try {
        return new JsonObject(body).getString("stdout", "");
      } catch (DecodeException e) {
        return body;
      }
    }
  }

  /** A job that was taken back from a node: when that had claimed it, and when it was claimed again. */
  record Rescued(Instant claimed, Instant again) {}

  int finished(Submitted batch) {
    return count("""
        SELECT count(*) FROM jobs WHERE id > $1 AND id <= $2 AND state = 2""", batch);
  }

  /** Jobs of which more than one result is kept. */
  int keptTwice(Submitted batch) {
    return count("""
        SELECT count(*) FROM (
          SELECT job FROM attempts WHERE job > $1 AND job <= $2 AND ending = 1
          GROUP BY job HAVING count(*) > 1
        ) AS twice""", batch);
  }

  /** Results of an attempt after which the job was claimed again. */
  int stale(Submitted batch) {
    return count("""
        SELECT count(*) FROM attempts JOIN jobs ON jobs.id = attempts.job
        WHERE job > $1 AND job <= $2 AND ending = 1 AND number <> jobs.attempt""", batch);
  }

  /** Attempts that were taken back from a node. */
  int vanished(Submitted batch) {
    return count("""
        SELECT count(*) FROM attempts WHERE job > $1 AND job <= $2 AND ending = 4""", batch);
  }

  /** Jobs whose end the log tells more than once, or not at all. */
  int toldWrongly(Submitted batch) {
    List<Row> rows = rows("""
        SELECT count(*)::integer AS told, count(*) FILTER (WHERE ends = 1)::integer AS once
        FROM (
          SELECT count(*) FILTER (WHERE one.state IN (2, 3, 4)) AS ends
          FROM events, unnest(jobs, states) AS one (sequence, state)
          WHERE batch = $1 GROUP BY one.sequence
        ) AS jobs WHERE ends > 0""", batch.id().value());
    return batch.jobs() - rows.getFirst().getInteger("once");
  }

  /** The counted progress: jobs that are said to be finished. */
  int counted(Submitted batch) {
    return rows(
            "SELECT coalesce(sum(finished), 0)::integer AS all FROM progress WHERE batch = $1",
            batch.id().value())
        .getFirst()
        .getInteger(0);
  }

  List<Rescued> rescued(Submitted batch) {
    return rows("""
            SELECT gone.claimed_at AS claimed, next.claimed_at AS again
            FROM attempts AS gone JOIN attempts AS next
              ON next.job = gone.job AND next.number = gone.number + 1
            WHERE gone.job > $1 AND gone.job <= $2 AND gone.ending = 4""", bounds(batch)).stream()
        .map(row -> new Rescued(time(row, "claimed"), time(row, "again")))
        .toList();
  }

  /**
   * Results that are not the ones that only their jobs can have.
   *
   * @param stdout that a run must have
   */
  int wrong(Submitted batch, Function<Run, String> stdout) {
    int wrong = 0;
    for (int from = 0; from < batch.jobs(); from += SLICE) {
      for (Kept kept : kept(batch, from)) {
        String expected = stdout.apply(batch.run(kept.sequence));
        wrong += kept.stdout().equals(expected) ? 0 : 1;
      }
    }
    return wrong;
  }

  private List<Kept> kept(Submitted batch, int from) {
    UUID low = from == 0 ? batch.id().value() : batch.id().job(from).value();
    return rows("""
            SELECT sequence_of(job) AS sequence, result FROM attempts
            WHERE job > $1 AND job <= $2 AND ending = 1""", low, batch.id().job(from + SLICE).value()).stream()
        .map(row -> new Kept(
            row.getInteger("sequence"),
            Objects.requireNonNullElse(row.getBuffer("result"), Buffer.buffer()).toString()))
        .toList();
  }

  /** The node that runs most jobs now, as it names itself. */
  String busiest() {
    return rows("""
            SELECT sessions.node FROM jobs JOIN sessions ON sessions.id = jobs.session
            WHERE jobs.state = 1 GROUP BY sessions.node ORDER BY count(*) DESC LIMIT 1""").stream().map(row -> row.getString("node")).findFirst().orElse("");
  }

  private int count(String sql, Submitted batch) {
    return rows(sql, bounds(batch)).getFirst().getLong(0).intValue();
  }

  private static Object[] bounds(Submitted batch) {
    return new Object[] {batch.id().value(), batch.id().last().value()};
  }

  private List<Row> rows(String sql, Object... parameters) {
    return StreamSupport.stream(
            Blocking.get(pool.preparedQuery(sql).execute(Tuple.from(parameters)))
                .spliterator(),
            false)
        .toList();
  }

  private static Instant time(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time.toInstant();
  }

  @Override
  public void close() {
    Blocking.get(pool.close());
    Blocking.get(vertx.close());
  }
}
