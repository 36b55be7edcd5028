package io.gradelane.bench;

import io.gradelane.bench.Stage.Player;
import io.gradelane.core.job.AttemptEnding.Ran;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.postgres.PostgresServer;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.Jobs.Offer;
import io.gradelane.store.jobs.NewJob;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.postgres.DatabaseAddress;
import io.gradelane.store.postgres.PostgresJobStore;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Jobs that do nothing, through all of a node: read, granted, claimed, posted to a server that answers at once ({@link
 * LeanJobe}, a process of its own), judged, kept with their results; against the same statements in bare loops, round by round, in another database of the
 * same PostgreSQL, where the node does not find the jobs. A loop has one statement under way, the node up to four; so
 * several loops at once are measured too.
 */
final class JobsThroughBench {

  private static final String SAYS =
      "jobs-through: jobs that do nothing, a second, through one node and PostgreSQL with results kept,"
          + " against the node's statements in a bare loop by 100 in the same PostgreSQL";

  private static final int GROUP = 100;
  private static final int SLOTS = 200;
  private static final int WARM_UPS = 4;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Buffer SPEC = Buffer.buffer("{\"sourcecode\":\"" + "x".repeat(100) + "\"}");

  private final Vertx vertx = Vertx.vertx();
  private final Random random = new Random(1);
  private final Report report = new Report(
      "jobs-through",
      SAYS,
      "round",
      "jobs",
      "bare, a loop",
      "bare, 2 at once",
      "bare, 8 at once",
      "through",
      "node, cpu us",
      "of a loop",
      "of the fastest");
  private final JobsNode node;
  private final BareStatements tables;
  private final BareStatements bare;
  private final int jobs;

  private JobsThroughBench(JobsNode node, int jobs) {
    this.node = node;
    this.jobs = jobs;
    tables = new BareStatements(vertx, node.postgres(), 1);
    bare = new BareStatements(vertx, node.postgres(), database(), JobsNode.CONNECTIONS);
  }

  /** Another database with the same tables. */
  private String database() {
    Blocking.get(tables.pool().query("CREATE DATABASE bare").execute());
    String url = node.postgres().url().replaceAll("/postgres$", "/bare");
    DatabaseAddress address =
        new DatabaseAddress(url, PostgresServer.USER, node.postgres().password(), 1);
    Blocking.get(Blocking.get(PostgresJobStore.open(vertx, address, Sessions.Terms.DEFAULT, "bare"))
        .close());
    return url;
  }

  /** {@code --smoke}, {@code --jobs 50000}, {@code --rounds 3}, {@code --slots 200}. */
  public static void main(String[] args) throws Exception {
    Options options = Options.of(args);
    int jobs = options.intOf("jobs", options.smoke() ? 2_000 : 50_000);
    int rounds = options.intOf("rounds", options.smoke() ? 1 : 3);
    try (Stage stage = new Stage()) {
      Player server = stage.leanJobe();
      try (JobsNode node = new JobsNode(server.port(), options.intOf("slots", SLOTS))) {
        new JobsThroughBench(node, jobs).run(rounds);
      }
    }
  }

  private void run(int rounds) throws IOException {
    warmUp();
    List<Double> ofLoop = new ArrayList<>();
    List<Double> ofFastest = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      double loop = bare(1, jobs);
      double two = bare(2, jobs);
      Duration before = node.cpu();
      double rate = through("r" + round, jobs);
      double micros = node.cpu().minus(before).toNanos() / 1e3 / jobs;
      double eight = bare(8, jobs);
      double fastest = Math.max(loop, Math.max(two, eight));
      report.row(round, jobs, loop, two, eight, rate, micros, rate / loop, rate / fastest);
      ofLoop.add(rate / loop);
      ofFastest.add(rate / fastest);
      rates.add(rate);
    }
    report.verdict("through a node, of a bare loop, median", median(ofLoop), ">=", 0.5);
    report.verdict(
        "through a node, of the fastest of one, two and eight loops at once, median",
        median(ofFastest),
        ">=",
        0.5);
    report.verdict("jobs a second through a node, median", median(rates), ">=", 5_000);
    report.finish();
    Blocking.get(bare.close());
    Blocking.get(tables.close());
    Blocking.get(vertx.close());
  }

  /** Until the node's compilers have had their turn: its first jobs cost it up to twice what later ones do. */
  private void warmUp() {
    for (int i = 1; i <= WARM_UPS; i++) {
      through("w" + i, jobs);
      bare(8, jobs / 2);
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** By the database's clock, from the order to go on to the end of the batch. */
  private double through(String name, int count) {
    Http.Answer answer =
        Http.send(node.port(), "POST", "/api/v1/batches", JobsNode.batch(name, count, true));
    if (answer.status() != 201) {
      throw new IllegalStateException("a batch was answered " + answer);
    }
    String batch = new JsonObject(answer.body()).getString("id");
    Http.send(node.port(), "PATCH", "/api/v1/batches/" + batch, "{\"paused\":false}");
    Eventually.await("the batch ends", LONGEST, () -> {
      LockSupport.parkNanos(100_000_000);
      return Http.get(node.port(), "/api/v1/batches/" + batch).body().contains("\"endedAt\":\"");
    });
    double seconds = seconds(batch);
    if (kept(batch) != count) {
      throw new IllegalStateException(kept(batch) + " results (expected: " + count + ")");
    }
    return count / seconds;
  }

  private double seconds(String batch) {
    List<Row> rows = rows(
        "SELECT min(at) FILTER (WHERE kind = 3) AS began, max(at) FILTER (WHERE kind = 4) AS ended"
            + " FROM events WHERE batch = $1",
        batch);
    OffsetDateTime began = rows.getFirst().getOffsetDateTime("began");
    OffsetDateTime ended = rows.getFirst().getOffsetDateTime("ended");
    return Duration.between(began, ended).toNanos() / 1e9;
  }

  private int kept(String batch) {
    BatchId id = BatchId.parse(batch);
    return Blocking.get(tables
            .pool()
            .preparedQuery("SELECT count(*)::integer FROM attempts WHERE job > $1 AND job <= $2"
                + " AND ending = 1 AND length(result) > 0")
            .execute(Tuple.of(id.value(), id.last().value())))
        .iterator()
        .next()
        .getInteger(0);
  }

  private List<Row> rows(String sql, String batch) {
    return StreamSupport.stream(
            Blocking.get(tables.pool().preparedQuery(sql).execute(Tuple.of(UUID.fromString(batch))))
                .spliterator(),
            false)
        .toList();
  }

  // --- the bare loop

  private double bare(int atOnce, int count) {
    BatchId batch = BatchId.next(System.currentTimeMillis(), random);
    long session = session();
    Blocking.get(bare.enqueue(batch, session, slices(count)));
    int groups = count / GROUP;
    long began = System.nanoTime();
    Blocking.get(Future.all(IntStream.range(0, atOnce)
        .mapToObj(chain -> {
          Promise<Void> done = Promise.promise();
          vertx.runOnContext(turn -> next(batch, session, chain, atOnce, groups, done));
          return done.future();
        })
        .toList()));
    double seconds = (System.nanoTime() - began) / 1e9;
    return groups * GROUP / seconds;
  }

  /** Reads, claims and finishes one group, then the next of its chain. */
  private void next(
      BatchId batch, long session, int group, int step, int groups, Promise<Void> done) {
    if (group >= groups) {
      done.complete();
      return;
    }
    UUID after = group == 0 ? batch.value() : batch.job(group * GROUP).value();
    List<Offer> offers = IntStream.rangeClosed(group * GROUP + 1, (group + 1) * GROUP)
        .mapToObj(i -> new Offer(batch.job(i), "s1"))
        .toList();
    BareStatements.send(bare.pool(), "jobs_waiting", after, batch.last().value(), GROUP)
        .compose(read -> bare.claim(session, offers))
        .compose(claimed -> bare.finish(session, ends(offers, session)))
        .onSuccess(ended -> next(batch, session, group + step, step, groups, done))
        .onFailure(done::fail);
  }

  private static List<EndedAttempt> ends(List<Offer> offers, long session) {
    return offers.stream()
        .map(offer -> new EndedAttempt(
            new Claim(offer.job(), 1, session),
            new Ran(15),
            new Finished(1, 15),
            new EndedAttempt.Where("s1", 1, 1, 1, 1),
            RESULT))
        .toList();
  }

  /** As long as what the server answers. */
  private static final Buffer RESULT =
      Buffer.buffer("{\"run_id\":null,\"outcome\":15,\"cmpinfo\":\"\",\"stdout\":\""
          + "y".repeat(910) + "\",\"stderr\":\"\"}");

  private long session() {
    return Blocking.get(bare.pool()
            .query("INSERT INTO sessions (node, lives_until)"
                + " VALUES ('bare', clock_timestamp() + interval '1 hour') RETURNING id")
            .execute())
        .iterator()
        .next()
        .getLong(0);
  }

  private static List<List<NewJob>> slices(int count) {
    List<NewJob> all = new ArrayList<>(count);
    IntStream.rangeClosed(1, count)
        .forEach(i -> all.add(new NewJob("student-" + i, "python3", 500, SPEC)));
    return IntStream.iterate(0, from -> from < count, from -> from + JobSource.SLICE)
        .mapToObj(from -> all.subList(from, Math.min(count, from + JobSource.SLICE)))
        .toList();
  }
}
