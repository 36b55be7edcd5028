package io.gradelane.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.AttemptEnding.Ran;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.core.job.Progress;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.Jobs.Claimed;
import io.gradelane.store.jobs.Jobs.Fate;
import io.gradelane.store.jobs.Jobs.Offer;
import io.gradelane.store.jobs.NewBatch;
import io.gradelane.store.jobs.NewJob;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.gradelane.testkit.TcpFault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database dies, or its answer is lost on the way. */
class OutageTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.killable();

  /** More than the pool has. */
  private static final int CONNECTIONS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final TcpFault relay = TcpFault.before(POSTGRES.port());
  private PostgresJobStore direct;
  private PostgresJobStore relayed;
  private long session;
  private List<EndedAttempt> group;
  private BatchId batch;

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  @BeforeEach
  void claimSome() {
    direct = open(TestDatabase.in(POSTGRES, POSTGRES.database()));
    relayed = open(TestDatabase.at(POSTGRES, relay.port(), POSTGRES.database()));
    session = get(direct.sessions().open("node"));
    batch = submit(20);
    List<Offer> offers = IntStream.rangeClosed(1, 20)
        .mapToObj(i -> new Offer(batch.job(i), "s1"))
        .toList();
    group = get(direct.jobs().claim(session, offers)).stream()
        .map(Claimed::claim)
        .map(OutageTest::ran)
        .toList();
  }

  @AfterEach
  void close() {
    relay.close();
    get(direct.close());
    get(relayed.close());
    get(vertx.close());
  }

  @Test
  void aFinishWhoseAnswerIsLostCountsOnceAndSaysSo() {
    get(relayed.jobs().finish(session, "node", List.of()));
    relay.delayAnswers(Duration.ofSeconds(4));
    Future<Map<Claim, Fate>> sent = relayed.jobs().finish(session, "node", group);
    Eventually.await("it is committed", () -> progress().finished() == 20);
    assertThat(sent.isComplete()).isFalse();
    relay.cut().delayAnswers(Duration.ZERO);
    Eventually.await("its sender knows nothing", sent::failed);

    assertThat(
            sentUntilHeard(() -> relayed.jobs().finish(session, "node", group)).values())
        .hasSize(20)
        .containsOnly(Fate.KEPT);
    assertThat(progress()).isEqualTo(new Progress(20, 20, 0, 0, 0));
  }

  @Test
  void whatWasAcceptedSurvivesACrashAndWorkGoesOn() {
    POSTGRES.kill();
    Future<Map<Claim, Fate>> away = direct.jobs().finish(session, "node", group);
    Eventually.await("nobody answers", away::failed);
    POSTGRES.revive();

    Eventually.await("it answers again", () -> answers(direct.sessions().renew(session)));
    assertThat(get(direct.jobs().finish(session, "node", group)).values()).containsOnly(Fate.KEPT);
    assertThat(get(direct.batches().end(session, batch))).isTrue();
  }

  /** Other connections of the pool were cut too, and each is noticed by who uses it. */
  private static <T> T sentUntilHeard(Supplier<Future<T>> sending) {
    Future<T> sent = sending.get();
    for (int tries = 0; tries < CONNECTIONS && !answers(sent); tries++) {
      sent = sending.get();
    }
    return get(sent);
  }

  private static boolean answers(Future<?> future) {
    Eventually.await("an answer or none", future::isComplete);
    return future.succeeded();
  }

  private PostgresJobStore open(DatabaseAddress address) {
    return get(PostgresJobStore.open(vertx, address, Sessions.Terms.DEFAULT, "node"));
  }

  private BatchId submit(int count) {
    BatchId id = BatchId.next(System.currentTimeMillis(), new Random());
    List<NewJob> jobs = IntStream.rangeClosed(1, count)
        .mapToObj(i -> new NewJob("ref " + i, "c", 500, Buffer.buffer("{}")))
        .toList();
    NewBatch one = new NewBatch(id, "moodle", "a batch", null, BatchControl.in("bulk"), true);
    get(direct.batches().submit(session, one, JobSource.of(jobs)));
    return id;
  }

  private Progress progress() {
    return get(direct.batches().find(batch)).orElseThrow().progress();
  }

  private static EndedAttempt ran(Claim claim) {
    return new EndedAttempt(
        claim,
        new Ran(15),
        new Finished(1, 15),
        new EndedAttempt.Where("s1", 1, 2, 1, 4),
        Buffer.buffer("out"));
  }

  private static <T> T get(Future<T> future) {
    return Blocking.get(future);
  }
}
