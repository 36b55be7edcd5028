package io.gradelane.bench;

import io.gradelane.core.job.BatchId;
import io.gradelane.testkit.Blocking;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What PostgreSQL says of its own work: plans, and pages that a claim touches. */
final class BufferCount {

  private static final int SAMPLES = 50;

  private final BareStatements bare;
  private final BiConsumer<BatchId, Integer> work;

  /** @param work claims and finishes so many jobs of a batch, from its first */
  BufferCount(BareStatements bare, BiConsumer<BatchId, Integer> work) {
    this.bare = bare;
    this.work = work;
  }

  /** The plans of a claim and a finish of ten jobs, as they ran. */
  String plans(BatchId batch, long session) {
    return Blocking.get(bare.pool()
        .withConnection(over -> prepare(over)
            .compose(
                ready -> text(over, "EXPLAIN (ANALYZE, BUFFERS) " + claim(batch, session, 1, 10)))
            .compose(claim -> text(over, "EXPLAIN (ANALYZE, BUFFERS) " + finish(batch, session, 10))
                .map(finish -> "claim of 10:\n" + claim + "\n\nfinish of 10:\n" + finish))
            .compose(plans -> unprepare(over).map(plans))));
  }

  /** Pages that a claim touches while a snapshot has been held since {@code jobs} jobs, relative to none. */
  double ratio(int jobs, long session, IntFunction<BatchId> enqueue) {
    double without = touched(jobs, session, enqueue);
    SqlConnection holder = Blocking.get(bare.pool().getConnection());
    Blocking.get(holder
        .query("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM batches")
        .execute());
    double with = touched(jobs, session, enqueue);
    Blocking.get(holder.query("COMMIT").execute());
    Blocking.get(holder.close());
    System.out.printf(
        "buffers per claim: %.1f without, %.1f with a snapshot held open%n", without, with);
    return with / without;
  }

  private double touched(int jobs, long session, IntFunction<BatchId> enqueue) {
    BatchId batch = enqueue.apply(jobs + SAMPLES);
    work.accept(batch, jobs);
    return Blocking.get(bare.pool()
        .withConnection(over -> prepare(over)
            .compose(ready -> sample(over, batch, session, jobs + 1, 0))
            .compose(sum -> unprepare(over).map((double) sum / SAMPLES))));
  }

  private static Future<Integer> sample(
      SqlConnection over, BatchId batch, long session, int sequence, int taken) {
    if (taken == SAMPLES) {
      return Future.succeededFuture(0);
    }
    String claim = claim(batch, session, sequence, sequence);
    return over.query("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + claim)
        .execute()
        .map(rows -> pages(rows.iterator().next().getValue(0)))
        .compose(pages ->
            sample(over, batch, session, sequence + 1, taken + 1).map(rest -> pages + rest));
  }

  private static int pages(Object explained) {
    JsonArray all =
        explained instanceof JsonArray array ? array : new JsonArray(explained.toString());
    JsonObject plan = all.getJsonObject(0).getJsonObject("Plan");
    return plan.getInteger("Shared Hit Blocks") + plan.getInteger("Shared Read Blocks");
  }

  private static Future<?> prepare(SqlConnection over) {
    return over.query("PREPARE bench_claim AS " + BareStatements.text("jobs_claim"))
        .execute()
        .compose(done -> over.query("PREPARE bench_finish AS " + BareStatements.text("jobs_finish"))
            .execute());
  }

  private static Future<?> unprepare(SqlConnection over) {
    return over.query("DEALLOCATE bench_claim")
        .execute()
        .compose(done -> over.query("DEALLOCATE bench_finish").execute());
  }

  private static Future<String> text(SqlConnection over, String sql) {
    return over.query(sql)
        .execute()
        .map(rows -> StreamSupport.stream(rows.spliterator(), false)
            .map(row -> row.getString(0))
            .collect(Collectors.joining("\n")));
  }

  private static String claim(BatchId batch, long session, int from, int to) {
    int count = to - from + 1;
    return "EXECUTE bench_claim(" + session + ", " + ids(batch, from, to) + ", "
        + fill(count, batch.toString()) + ", " + fill(count, "s1") + ")";
  }

  private static String finish(BatchId batch, long session, int count) {
    return "EXECUTE bench_finish(" + session + ", " + ids(batch, 1, count) + ", "
        + fill(count, batch.toString()) + ", " + fill(count, "1") + ", "
        + fill(count, "" + session) + ", " + fill(count, "2") + ", " + fill(count, "1") + ", "
        + fill(count, "15") + ", " + fill(count, "10") + ", " + fill(count, "200") + ", "
        + fill(count, "3") + ", " + fill(count, "4") + ", " + fill(count, "s1") + ", "
        + fill(count, "\"\"") + ", " + fill(count, "out") + ", 'bench', NULL, NULL, NULL)";
  }

  private static String ids(BatchId batch, int from, int to) {
    return java.util.stream.IntStream.rangeClosed(from, to)
        .mapToObj(i -> batch.job(i).toString())
        .collect(Collectors.joining(",", "'{", "}'"));
  }

  private static String fill(int count, String value) {
    return "'{" + (value + ",").repeat(count - 1) + value + "}'";
  }
}
