package io.gradelane.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.AttemptEnding;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobState;
import io.gradelane.core.job.Reuse;
import io.gradelane.store.jobs.Attempt;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Jobs.Fate;
import io.gradelane.store.jobs.Jobs.Offer;
import io.gradelane.store.jobs.NewBatch;
import io.gradelane.store.jobs.NewJob;
import io.gradelane.store.jobs.Origin;
import io.gradelane.store.jobs.Results.Known;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.testkit.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results that are remembered with the finish, and found again. */
final class PostgresResultsTest {

  private static final Buffer ONE = Buffer.buffer("digest one");
  private static final Buffer TWO = Buffer.buffer("digest two");

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseAddress address = TestDatabase.fresh();
  private final Random random = new Random();
  private JobStore store;
  private long session;

  @BeforeEach
  void open() {
    store = get(PostgresJobStore.open(vertx, address, Sessions.Terms.DEFAULT, "node"));
    session = get(store.sessions().open("node"));
  }

  @AfterEach
  void close() {
    get(store.close());
    get(vertx.close());
  }

  @Test
  void whatIsFinishedUnderADigestIsFoundAndTheLaterOneCounts() {
    BatchId batch = submit(3);
    finish(ended(batch, 1, null, ONE), ended(batch, 2, null, null));

    Known known = known(ONE);
    assertThat(known).isEqualTo(new Known(new Origin(batch.job(1), 1), "s1", result(1)));
    assertThat(get(store.results().find(List.of(TWO)))).isEmpty();
    finish(ended(batch, 3, null, ONE));
    assertThat(known(ONE).origin()).isEqualTo(new Origin(batch.job(3), 1));
    assertThat(get(store.batches().find(batch)).orElseThrow().reuse()).isEqualTo(Reuse.KNOWN);
  }

  @Test
  void twoOfOneDigestInOneGroupAreBothKept() {
    BatchId batch = submit(2);
    finish(ended(batch, 1, null, TWO), ended(batch, 2, null, TWO));

    assertThat(known(TWO).origin().job()).isEqualTo(batch.job(1));
  }

  @Test
  void aHitIsAnAttemptThatSaysWhoseItIsAndIsCounted() {
    BatchId first = submit(1);
    finish(ended(first, 1, null, ONE));
    BatchId batch = submit(2);
    Origin origin = new Origin(first.job(1), 1);
    finish(ended(batch, 1, origin, null), ended(batch, 2, null, null));

    Attempt hit = get(store.jobs().attempts(batch.job(1))).getFirst();
    assertThat(hit.origin()).isEqualTo(origin);
    assertThat(get(store.jobs().find(batch.job(2))).orElseThrow().last())
        .isNotNull()
        .extracting(Attempt::origin)
        .isNull();
    assertThat(get(store.batches().find(batch)).orElseThrow().progress().cached())
        .isEqualTo(1);
    assertThat(get(store.events().head(batch, null))
            .orElseThrow()
            .batch()
            .progress()
            .cached())
        .isEqualTo(1);
    assertThat(get(store.jobs().results(batch, null, null, 1 << 20)))
        .extracting(job -> Objects.requireNonNull(job.last()).origin())
        .containsExactly(origin, null);
  }

  @Test
  void whatWasErasedIsNotKnownAnyMore() {
    BatchId batch = submit(1);
    finish(ended(batch, 1, null, ONE));
    get(store.jobs().erase(session, "moodle", "ref 1", batch));

    assertThat(get(store.results().find(List.of(ONE)))).isEmpty();
  }

  @Test
  void aHitWhoseClaimIsOverChangesNothing() {
    BatchId batch = submit(1);
    EndedAttempt late = ended(batch, 1, new Origin(submit(1).job(1), 1), null);
    finish(new EndedAttempt(
        late.claim(),
        new AttemptEnding.Refused(),
        new JobState.Waiting(1, 0, "s1"),
        late.where(),
        null));

    assertThat(get(store.jobs().finish(session, "node", List.of(late))))
        .containsEntry(late.claim(), Fate.KEPT);
    assertThat(get(store.jobs().find(batch.job(1))).orElseThrow().state())
        .isInstanceOf(JobState.Waiting.class);
    assertThat(get(store.batches().find(batch)).orElseThrow().progress().cached())
        .isZero();
  }

  @Test
  void whatIsOlderThanIsKeptIsForgotten() {
    BatchId batch = submit(1);
    finish(ended(batch, 1, null, ONE));

    get(store.upkeep().run("node", Duration.ofDays(36_500)));
    assertThat(get(store.results().find(List.of(ONE)))).hasSize(1);
    get(store.upkeep().run("node", Duration.ofMinutes(-1)));
    assertThat(get(store.results().find(List.of(ONE)))).isEmpty();
  }

  private Known known(Buffer digest) {
    return Objects.requireNonNull(get(store.results().find(List.of(ONE, TWO))).get(digest));
  }

  private BatchId submit(int jobs) {
    BatchId id = BatchId.next(System.currentTimeMillis(), random);
    BatchControl control = BatchControl.in("bulk").withVersion(1);
    NewBatch batch = new NewBatch(id, "moodle", "b", null, control, true, null, Reuse.KNOWN);
    List<NewJob> all = IntStream.rangeClosed(1, jobs)
        .mapToObj(i -> new NewJob("ref " + i, "python3", 500, Buffer.buffer("{}")))
        .toList();
    get(store.batches().submit(session, batch, JobSource.of(all)));
    return id;
  }

  private EndedAttempt ended(
      BatchId batch, int sequence, @Nullable Origin origin, @Nullable Buffer digest) {
    Offer offer = new Offer(batch.job(sequence), "s1");
    var claim = get(store.jobs().claim(session, List.of(offer))).getFirst().claim();
    return new EndedAttempt(
        claim,
        new AttemptEnding.Ran(15),
        new JobState.Finished(1, 15),
        new EndedAttempt.Where("s1", 1, 1, 1, 1),
        result(sequence),
        origin,
        digest);
  }

  private void finish(EndedAttempt... ended) {
    List<EndedAttempt> group = List.of(ended);
    assertThat(get(store.jobs().finish(session, "node", group)).values())
        .containsOnly(Fate.KEPT)
        .hasSize((int) Stream.of(ended).map(EndedAttempt::claim).distinct().count());
  }

  private static Buffer result(int sequence) {
    return Buffer.buffer("result " + sequence);
  }

  private static <T> T get(Future<T> future) {
    return Blocking.get(future);
  }
}
