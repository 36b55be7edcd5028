package io.gradelane.store.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.AttemptEnding;
import io.gradelane.core.job.AttemptEnding.Lost;
import io.gradelane.core.job.AttemptEnding.Ran;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobId;
import io.gradelane.core.job.JobState;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.core.job.JobState.Waiting;
import io.gradelane.core.job.Progress;
import io.gradelane.store.jobs.Jobs.Claimed;
import io.gradelane.store.jobs.Jobs.Fate;
import io.gradelane.store.jobs.Jobs.Offer;
import io.gradelane.store.jobs.Sessions.Rescued;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store with a session, and short words for what contracts do with it. */
public abstract class JobStoreFixture implements OpensStores {

  /** So long a session lives here. */
  protected static final Duration LEASE = Duration.ofMillis(600);

  protected static final Sessions.Terms TERMS = new Sessions.Terms(LEASE, Duration.ofMillis(500));

  /** Who is to end others' sessions has {@link #TERMS}; all others live long. */
  protected static final Sessions.Terms LONG =
      new Sessions.Terms(Duration.ofMinutes(10), Duration.ofMinutes(1));

  /** The time of a session is over as soon as it is opened or renewed. */
  protected static final Sessions.Terms OVER =
      new Sessions.Terms(Duration.ofMillis(-1), Duration.ofMillis(500));

  protected static final EndedAttempt.Where WHERE = new EndedAttempt.Where("s1", 5, 70, 2, 4);

  protected final Vertx vertx = Vertx.vertx();
  protected final Random random = new Random();
  protected final long keys = random.nextLong();
  protected JobStore store;
  protected long session;

  @BeforeEach
  void openStore() throws Exception {
    store = open(vertx, LONG);
    session = get(store.sessions().open("node-1"));
  }

  @AfterEach
  void closeStore() {
    get(store.close());
    get(store.close());
    get(vertx.close());
  }

  protected static <T> T get(Future<T> future) {
    return Blocking.get(future);
  }

  protected BatchId id() {
    return BatchId.next(System.currentTimeMillis(), random);
  }

  protected BatchId submit(int jobs) {
    return submit(BatchControl.in("bulk"), jobs);
  }

  protected List<Claimed> claim(long under, BatchId batch, int... sequences) {
    return get(store.jobs().claim(under, offers(batch, sequences)));
  }

  protected static List<Offer> offers(BatchId batch, int... sequences) {
    return IntStream.of(sequences)
        .mapToObj(sequence -> new Offer(batch.job(sequence), "s1"))
        .toList();
  }

  protected static EndedAttempt ran(Claim claim, String result) {
    return ended(claim, new Ran(15), new Finished(claim.attempt(), 15), Buffer.buffer(result));
  }

  protected Map<Claim, Fate> finish(EndedAttempt one) {
    return finish(List.of(one));
  }

  protected Map<Claim, Fate> finish(List<EndedAttempt> group) {
    return get(store.jobs().finish(session, "node-1", group));
  }

  protected JobState state(JobId job) {
    return get(store.jobs().find(job)).orElseThrow().state();
  }

  protected Attempt last(JobId job) {
    return get(store.jobs().attempts(job)).getLast();
  }

  protected static List<NewJob> jobs(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new NewJob("ref " + i, "python3", 500, Buffer.buffer("spec " + i)))
        .toList();
  }

  protected Progress progress(BatchId batch) {
    return get(store.batches().find(batch)).orElseThrow().progress();
  }

  protected BatchId submit(BatchControl control, int jobs) {
    BatchId id = id();
    get(store.batches().submit(session, batch(id, control), JobSource.of(jobs(jobs))));
    return id;
  }

  protected BatchId submitFor(String tenant, int jobs) {
    NewBatch batch = new NewBatch(id(), tenant, "a batch", null, BatchControl.in("bulk"), true);
    return get(store.batches().submit(session, batch, JobSource.of(jobs(jobs)))).id();
  }

  protected static NewBatch batch(BatchId id, BatchControl control) {
    return new NewBatch(id, "moodle", "a batch", null, control, true);
  }

  /** No test's key is another's. */
  protected RequestKey key(String name, String digest) {
    return new RequestKey("moodle", name + keys, Buffer.buffer(digest));
  }

  protected Submitted once(JobStore here, BatchId id, RequestKey key) {
    return get(send(here, id, key, 3));
  }

  protected Future<Submitted> send(JobStore here, BatchId id, RequestKey key, int jobs) {
    return here.batches()
        .submit(
            session,
            batch(id, BatchControl.in("bulk")),
            JobSource.of(jobs(jobs)),
            key,
            kept -> Buffer.buffer("told of " + kept.progress().total()));
  }

  protected boolean steer(BatchId batch, BatchControl next) {
    return get(store.batches().steer(session, batch, next, "by ada"));
  }

  protected List<BatchEvent> events(BatchId batch) {
    return get(store.events().since(batch, EventCursor.START, 1000));
  }

  /** A node claims the job and is never heard of again. */
  protected Claim dies(BatchId batch, int sequence) throws Exception {
    long dying = get(store.sessions().open("node-2"));
    Claim claim =
        get(store.jobs().claim(dying, offers(batch, sequence))).getFirst().claim();
    JobStore mortal = open(vertx, OVER);
    get(mortal.sessions().renew(dying));
    get(mortal.close());
    return claim;
  }

  /** What another node, there for long enough, takes back; this job among it. */
  protected List<Rescued> rescued(JobId job) throws Exception {
    JobStore rescuer = open(vertx, TERMS);
    long steady = get(rescuer.sessions().open("node-3"));
    List<Rescued> all = new ArrayList<>();
    Eventually.await("the job is taken back", () -> {
      assertThat(get(rescuer.sessions().renew(steady))).isPresent();
      all.addAll(get(rescuer.sessions().rescue(steady, 3)));
      return all.stream().anyMatch(one -> one.job().equals(job));
    });
    get(rescuer.sessions().leave(steady));
    get(rescuer.close());
    return all;
  }

  protected static EndedAttempt lost(Claim claim) {
    return ended(claim, new Lost("reset"), new Waiting(claim.attempt(), 1, "s1"), null);
  }

  protected static EndedAttempt ended(
      Claim claim, AttemptEnding ending, JobState next, @Nullable Buffer result) {
    return new EndedAttempt(claim, ending, next, WHERE, result);
  }

  protected static List<Claimed> inOrder(List<Claimed> claimed) {
    return claimed.stream()
        .sorted(Comparator.comparing(one -> one.claim().job()))
        .toList();
  }

  protected static Tuple tuple(Object... values) {
    return Tuple.tuple(values);
  }
}
