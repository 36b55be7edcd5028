package io.gradelane.bench;

import io.gradelane.core.job.AttemptEnding.Ran;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.postgres.Executables;
import io.gradelane.postgres.PostgresServer;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Jobs.Offer;
import io.gradelane.store.jobs.NewBatch;
import io.gradelane.store.jobs.NewJob;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.postgres.DatabaseAddress;
import io.gradelane.store.postgres.PostgresJobStore;
import io.gradelane.testkit.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Jobs in a real PostgreSQL with its commits on disk: enqueued, claimed and finished by 1, 10 and 100, through the store
 * and by the same statements in a bare loop on the same database in the same run. Then the plans of claim and finish
 * after all that, and the buffers that a claim touches while a snapshot is held open.
 */
public final class StoreBench {

  private static final String SAYS =
      "store: jobs a second, by the statements in a bare loop and through the store, 8 at once";

  /** Statements under way at once, on as many connections. */
  private static final int AT_ONCE = 8;

  private static final Buffer SPEC = Buffer.buffer("{\"sourcecode\":\"" + "x".repeat(150) + "\"}");
  private static final Buffer RESULT =
      Buffer.buffer("{\"run_id\":null,\"outcome\":15,\"cmpinfo\":\"\",\"stdout\":\""
          + "y".repeat(150) + "\",\"stderr\":\"\"}");

  private final Vertx vertx = Vertx.vertx();
  private final Random random = new Random(1);
  private final Report report =
      new Report("store", SAYS, "statement", "group", "bare", "store", "ratio");
  private final JobStore store;
  private final BareStatements bare;
  private final long session;

  private StoreBench(PostgresServer server) {
    DatabaseAddress address =
        new DatabaseAddress(server.url(), PostgresServer.USER, server.password(), AT_ONCE);
    store = Blocking.get(PostgresJobStore.open(vertx, address, Sessions.Terms.DEFAULT, "bench"));
    Sessions.Terms longLife = new Sessions.Terms(Duration.ofHours(1), Duration.ofHours(1));
    JobStore lasting = Blocking.get(PostgresJobStore.open(vertx, address, longLife, "bench"));
    session = Blocking.get(lasting.sessions().open("bench"));
    Blocking.get(lasting.close());
    bare = new BareStatements(vertx, server, AT_ONCE);
  }

  /** {@code --smoke}, {@code --explain} for the plans after 100,000 jobs and nothing else. */
  public static void main(String[] args) throws Exception {
    Options options = Options.of(args);
    Path folder = Files.createTempDirectory(
        Files.createDirectories(Path.of("target", "bench")).toAbsolutePath(), "postgres");
    Path unpacked = Path.of(System.getProperty("java.io.tmpdir"), "gradelane-executables");
    PostgresServer server = PostgresServer.start(Executables.embedded(unpacked), folder);
    try {
      StoreBench bench = new StoreBench(server);
      if (options.values().containsKey("explain")) {
        bench.explain(options.smoke() ? 5_000 : 100_000);
      } else {
        bench.run(options.smoke());
      }
      bench.close();
    } finally {
      server.close();
      delete(folder);
    }
  }

  private void run(boolean smoke) throws Exception {
    int all = smoke ? 5_000 : 100_000;
    enqueue(all);
    for (int group : new int[] {1, 10, 100}) {
      int jobs = smoke ? 1_000 : Math.min(50_000, 8_000 * group);
      measure(group, jobs);
    }
    BufferCount buffers = new BufferCount(bare, this::claimAndFinish);
    System.out.println(buffers.plans(enqueueQuietly(1_000), session));
    report.verdict(
        "buffers per claim with a snapshot held open, relative to none, after " + all + " jobs",
        buffers.ratio(all, session, this::enqueueQuietly),
        "<=",
        1.2);
    report.finish();
  }

  /** The plans of claim and finish behind so many jobs that were claimed and finished, in the same partition. */
  private void explain(int jobs) {
    claimAndFinish(enqueueQuietly(jobs), jobs);
    BufferCount buffers = new BufferCount(bare, this::claimAndFinish);
    System.out.println(
        "after " + jobs + " jobs:\n" + buffers.plans(enqueueQuietly(1_000), session));
  }

  private void close() {
    Blocking.get(bare.close());
    Blocking.get(store.close());
    Blocking.get(vertx.close());
  }

  private void enqueue(int jobs) {
    enqueueQuietly(1_000);
    BatchId bareBatch = id();
    double byHand = seconds(() -> bare.enqueue(bareBatch, session, slices(jobs)));
    double through = seconds(() -> submit(id(), jobs));
    report.row("enqueue", jobs, jobs / byHand, jobs / through, byHand / through);
    report.verdict("seconds to enqueue " + jobs + " jobs", through, "<=", 2);
  }

  private void measure(int group, int jobs) {
    BatchId byHand = enqueueQuietly(jobs);
    BatchId through = enqueueQuietly(jobs);
    List<List<Offer>> bareOffers = groups(offers(byHand, jobs), group);
    List<List<Offer>> offers = groups(offers(through, jobs), group);
    double bareClaim = seconds(() -> each(bareOffers, some -> bare.claim(session, some)));
    double claim = seconds(() -> each(offers, some -> store.jobs().claim(session, some)));
    report.row("claim", group, jobs / bareClaim, jobs / claim, bareClaim / claim);
    List<List<EndedAttempt>> bareEnds = groups(ends(byHand, jobs), group);
    List<List<EndedAttempt>> ends = groups(ends(through, jobs), group);
    double bareFinish = seconds(() -> each(bareEnds, some -> bare.finish(session, some)));
    double finish = seconds(() -> each(ends, some -> store.jobs().finish(session, "bench", some)));
    report.row("finish", group, jobs / bareFinish, jobs / finish, bareFinish / finish);
    double ratio = (bareClaim + bareFinish) / (claim + finish);
    report.verdict("through the store, by " + group + ", of the bare loop", ratio, ">=", 0.5);
    if (group == 100) {
      report.verdict("claimed and finished a second, by 100", jobs / (claim + finish), ">=", 5000);
    }
  }

  private void claimAndFinish(BatchId batch, int jobs) {
    seconds(() -> each(
        groups(offers(batch, jobs), 100),
        some -> store
            .jobs()
            .claim(session, some)
            .compose(claimed -> store
                .jobs()
                .finish(
                    session,
                    "bench",
                    claimed.stream().map(one -> ended(one.claim())).toList()))));
  }

  private BatchId enqueueQuietly(int jobs) {
    BatchId batch = id();
    Blocking.get(submit(batch, jobs));
    return batch;
  }

  private Future<?> submit(BatchId batch, int jobs) {
    NewBatch one = new NewBatch(batch, "bench", "bench", SPEC, BatchControl.in("bulk"), true);
    List<List<NewJob>> slices = new ArrayList<>(slices(jobs));
    return store
        .batches()
        .submit(
            session,
            one,
            () -> Future.succeededFuture(slices.isEmpty() ? List.of() : slices.removeFirst()));
  }

  private static List<List<NewJob>> slices(int jobs) {
    List<NewJob> all = IntStream.rangeClosed(1, jobs)
        .mapToObj(i -> new NewJob("student-" + i, "python3", 500, SPEC))
        .toList();
    return groups(all, JobSource.SLICE);
  }

  private static List<Offer> offers(BatchId batch, int jobs) {
    return IntStream.rangeClosed(1, jobs)
        .mapToObj(i -> new Offer(batch.job(i), "s1"))
        .toList();
  }

  private List<EndedAttempt> ends(BatchId batch, int jobs) {
    return IntStream.rangeClosed(1, jobs)
        .mapToObj(i -> ended(new Claim(batch.job(i), 1, session)))
        .toList();
  }

  private static EndedAttempt ended(Claim claim) {
    return new EndedAttempt(
        claim,
        new Ran(15),
        new Finished(1, 15),
        new EndedAttempt.Where("s1", 10, 200, 3, 4),
        RESULT);
  }

  private BatchId id() {
    return BatchId.next(System.currentTimeMillis(), random);
  }

  private static <T> List<List<T>> groups(List<T> all, int size) {
    IntFunction<List<T>> group = i -> all.subList(i * size, Math.min(all.size(), (i + 1) * size));
    return IntStream.range(0, (all.size() + size - 1) / size).mapToObj(group).toList();
  }

  /** Sends one after the other on each of {@link #AT_ONCE} chains. */
  private static <T> Future<?> each(List<T> all, Function<T, Future<?>> send) {
    return Future.all(IntStream.range(0, AT_ONCE)
        .mapToObj(chain -> {
          Promise<Void> done = Promise.promise();
          next(all, chain, send, done);
          return done.future();
        })
        .toList());
  }

  private static <T> void next(
      List<T> all, int at, Function<T, Future<?>> send, Promise<Void> done) {
    if (at >= all.size()) {
      done.complete();
    } else {
      send.apply(all.get(at))
          .onSuccess(answer -> next(all, at + AT_ONCE, send, done))
          .onFailure(done::fail);
    }
  }

  /** On one event loop, as a verticle would. */
  private double seconds(Supplier<Future<?>> work) {
    long began = System.nanoTime();
    Promise<Object> done = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(turn -> work.get().<Object>mapEmpty().onComplete(done));
    try {
      done.future().toCompletionStage().toCompletableFuture().get(5, TimeUnit.MINUTES);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a statement failed", e);
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
