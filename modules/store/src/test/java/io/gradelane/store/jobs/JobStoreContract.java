package io.gradelane.store.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.AttemptEnding;
import io.gradelane.core.job.AttemptEnding.Dropped;
import io.gradelane.core.job.AttemptEnding.Lost;
import io.gradelane.core.job.AttemptEnding.Ran;
import io.gradelane.core.job.AttemptEnding.Refused;
import io.gradelane.core.job.AttemptEnding.Vanished;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobId;
import io.gradelane.core.job.JobState;
import io.gradelane.core.job.JobState.Cancelled;
import io.gradelane.core.job.JobState.Dead;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.core.job.JobState.Running;
import io.gradelane.core.job.JobState.Waiting;
import io.gradelane.core.job.Progress;
import io.gradelane.core.job.StopRule;
import io.gradelane.store.jobs.BatchEvent.Changed;
import io.gradelane.store.jobs.BatchEvent.Kind;
import io.gradelane.store.jobs.Jobs.Claimed;
import io.gradelane.store.jobs.Jobs.Fate;
import io.gradelane.store.jobs.Jobs.Found;
import io.gradelane.store.jobs.Jobs.Offer;
import io.gradelane.store.jobs.Sessions.Rescued;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link JobStore} does. */
public abstract class JobStoreContract {

  /** So long a session lives here. */
  protected static final Duration LEASE = Duration.ofMillis(600);

  private static final Sessions.Terms TERMS = new Sessions.Terms(LEASE, Duration.ofMillis(500));

  /** Sessions that some test wants to be dead soon get {@link #TERMS}; all others live long. */
  private static final Sessions.Terms LONG =
      new Sessions.Terms(Duration.ofMinutes(10), Duration.ofMinutes(1));

  private static final EndedAttempt.Where WHERE = new EndedAttempt.Where("s1", 5, 70, 2, 4);

  protected final Vertx vertx = Vertx.vertx();
  private final Random random = new Random();
  protected JobStore store;
  protected long session;

  /** One more node's door to the same jobs. */
  protected abstract JobStore open(Vertx vertx, Sessions.Terms terms) throws Exception;

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

  // --- submitting

  @Test
  void keepsABatchWithItsControl() {
    Instant later = Instant.parse("2031-01-01T00:00:00Z");
    BatchControl control =
        new BatchControl("bulk", 3, "by ada", 50, later, new StopRule(5), false, 1);
    BatchId id = id();
    NewBatch submitted =
        new NewBatch(id, "moodle", "Regrade 7", Buffer.buffer("{}"), control, true);

    Batch kept = get(store.batches().submit(session, submitted, JobSource.of(jobs(3))));

    assertThat(kept.control()).isEqualTo(control);
    assertThat(kept.progress()).isEqualTo(new Progress(3, 0, 0, 0, 0));
    assertThat(kept.template()).isEqualTo(Buffer.buffer("{}"));
    assertThat(kept.tenant()).isEqualTo("moodle");
    assertThat(kept.name()).isEqualTo("Regrade 7");
    assertThat(kept.endedAt()).isNull();
    assertThat(get(store.batches().find(id))).contains(kept);
    assertThat(get(store.batches().open())).contains(kept);
    assertThat(get(store.batches().page("moodle", null, 500))).contains(kept);
    assertThat(get(store.batches().page("other", null, 500))).doesNotContain(kept);
    assertThat(get(store.batches().page(null, id, 500))).doesNotContain(kept);
  }

  @Test
  void takesSliceAfterSliceInOneTransaction() {
    BatchId batch = submit(25_001);

    assertThat(get(store.batches().find(batch)).orElseThrow().progress().total())
        .isEqualTo(25_001);
    List<Found> end = get(store.jobs().waiting(batch, batch.job(24_998), 100));
    assertThat(end)
        .extracting(Found::id)
        .containsExactly(batch.job(24_999), batch.job(25_000), batch.job(25_001));
    assertThat(get(store.jobs().spec(batch.job(25_001)))).contains(Buffer.buffer("spec 25001"));
  }

  @Test
  void whatBreaksHalfwayLeavesNothing() {
    BatchId id = id();
    List<Future<List<NewJob>>> slices = new ArrayList<>(
        List.of(Future.succeededFuture(jobs(10)), Future.failedFuture("the upload broke off")));
    Future<Batch> submitted =
        store.batches().submit(session, batch(id, BatchControl.in("bulk")), slices::removeFirst);

    Eventually.await("the submit has failed", submitted::failed);
    assertThat(get(store.batches().find(id))).isEmpty();
    assertThat(get(store.jobs().waiting(id, null, 100))).isEmpty();
  }

  @Test
  void anOpenBatchTakesMoreUntilItIsSealed() {
    BatchId id = id();
    NewBatch open = new NewBatch(id, "moodle", "single jobs", null, BatchControl.in("bulk"), false);
    get(store.batches().submit(session, open, JobSource.of(List.of())));

    List<JobId> first = get(store.batches().add(id, jobs(2)));
    List<JobId> second = get(store.batches().add(id, jobs(1)));
    assertThat(first).containsExactly(id.job(1), id.job(2));
    assertThat(second).containsExactly(id.job(3));
    assertThat(get(store.batches().end(session, id))).isFalse();
    get(store.batches().seal(id));
    assertThat(get(store.batches().add(id, jobs(1)))).isEmpty();
    assertThat(get(store.jobs().waiting(id, null, 100))).hasSize(3);
  }

  @Test
  void manyAddAtOnceAndNoPlaceIsGivenTwice() {
    BatchId id = id();
    NewBatch open = new NewBatch(id, "moodle", "single jobs", null, BatchControl.in("bulk"), false);
    get(store.batches().submit(session, open, JobSource.of(List.of())));

    List<Future<List<JobId>>> adds =
        IntStream.range(0, 40).mapToObj(i -> store.batches().add(id, jobs(3))).toList();
    get(Future.all(adds));

    assertThat(get(store.jobs().waiting(id, null, 200)))
        .extracting(found -> found.id().sequence())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 120).boxed().toList());
  }

  @Test
  void waitingJobsAreReadBehindACursor() {
    BatchId batch = submit(5);
    claim(session, batch, 2);

    assertThat(get(store.jobs().waiting(batch, null, 2)))
        .containsExactly(
            new Found(batch.job(1), Waiting.NEW, "python3", 500, Buffer.buffer("spec 1")),
            new Found(batch.job(3), Waiting.NEW, "python3", 500, Buffer.buffer("spec 3")));
    assertThat(get(store.jobs().waiting(batch, batch.job(3), 10)))
        .extracting(Found::id)
        .containsExactly(batch.job(4), batch.job(5));
  }

  // --- claiming

  @Test
  void aClaimIsOneAttempt() {
    BatchId batch = submit(2);

    Claimed claimed = claim(session, batch, 1).getFirst();

    assertThat(claimed).isEqualTo(new Claimed(new Claim(batch.job(1), 1, session), 0));
    assertThat(state(batch.job(1))).isEqualTo(new Running(1, 0, session, "s1"));
    assertThat(claim(session, batch, 1)).isEmpty();
  }

  @Test
  void whatAClaimDidCanBeLookedUpByItsSession() throws Exception {
    BatchId batch = submit(3);
    Claimed claimed = claim(session, batch, 1).getFirst();
    finish(ran(claim(session, batch, 2).getFirst().claim(), "ended"));
    List<JobId> all = List.of(batch.job(1), batch.job(2), batch.job(3));

    assertThat(get(store.jobs().claimed(session, all))).containsExactly(claimed);
    assertThat(get(store.jobs().claimed(session + 1, all))).isEmpty();
  }

  @Test
  void twoThatClaimTheSameShareIt() throws Exception {
    BatchId batch = submit(200);
    JobStore other = open(vertx, LONG);
    long otherSession = get(other.sessions().open("node-2"));
    List<Future<List<Claimed>>> claims = new ArrayList<>();
    for (int from = 1; from <= 200; from += 20) {
      List<Offer> offers = offers(batch, IntStream.range(from, from + 20).toArray());
      claims.add(store.jobs().claim(session, offers));
      claims.add(other.jobs().claim(otherSession, offers.reversed()));
    }
    get(Future.all(claims));

    assertThat(claims.stream().flatMap(done -> done.result().stream()))
        .extracting(claimed -> claimed.claim().job())
        .hasSize(200)
        .doesNotHaveDuplicates();
    get(other.close());
  }

  @Test
  void nothingIsClaimedUnderASessionThatHasEnded() {
    BatchId batch = submit(1);
    get(store.sessions().leave(session));

    assertThat(claim(session, batch, 1)).isEmpty();
    assertThat(get(store.sessions().renew(session))).isEmpty();
  }

  @Test
  void nothingIsClaimedUnderASessionWhoseTimeIsOver() throws Exception {
    BatchId batch = submit(1);
    JobStore mortal = open(vertx, new Sessions.Terms(Duration.ofMillis(1), Duration.ofMillis(1)));
    long dead = get(mortal.sessions().open("node-2"));
    Eventually.await(
        "its time is over", () -> get(mortal.sessions().renew(dead)).isPresent());

    assertThat(get(mortal.jobs().claim(dead, offers(batch, 1)))).isEmpty();
    get(mortal.close());
  }

  @Test
  void nothingIsClaimedThatMayNotStart() {
    BatchControl free = BatchControl.in("bulk");
    Instant later = Instant.parse("2031-01-01T00:00:00Z");

    assertThat(claim(session, submit(free.pause("by ada"), 1), 1)).isEmpty();
    assertThat(claim(session, submit(free.startAt(later), 1), 1)).isEmpty();
    assertThat(claim(session, submit(free.startAt(Instant.EPOCH), 1), 1)).hasSize(1);
    assertThat(claim(session, submit(free.sample(2), 3), 1, 2, 3))
        .extracting(claimed -> claimed.claim().job().sequence())
        .containsExactlyInAnyOrder(1, 2);
  }

  // --- finishing

  @Test
  void aFinishKeepsTheResultTheAttemptAndTheProgress() {
    BatchId batch = submit(2);
    Claim claim = claim(session, batch, 1).getFirst().claim();

    assertThat(finish(ran(claim, "out"))).containsExactly(Map.entry(claim, Fate.KEPT));

    JobView kept = get(store.jobs().find(claim.job())).orElseThrow();
    assertThat(kept.state()).isEqualTo(new Finished(1, 15));
    assertThat(kept.ref()).isEqualTo("ref 1");
    Attempt attempt = last(claim.job());
    assertThat(kept.last()).isEqualTo(attempt);
    assertThat(attempt.ending()).isEqualTo(new Ran(15));
    assertThat(attempt.where()).isEqualTo(WHERE);
    assertThat(attempt.node()).isEqualTo("node-1");
    assertThat(attempt.result()).isEqualTo(Buffer.buffer("out"));
    assertThat(attempt.endedAt()).isAfterOrEqualTo(attempt.claimedAt());
    assertThat(progress(batch)).isEqualTo(new Progress(2, 1, 0, 0, 0));
  }

  @Test
  void everyByteComesBack() {
    BatchId batch = submit(4);
    List<Claimed> claimed = inOrder(claim(session, batch, 1, 2, 3, 4));
    byte[] binary = new byte[2 << 20];
    random.nextBytes(binary);
    List<Buffer> results = List.of(
        Buffer.buffer("a\u0000b"),
        Buffer.buffer(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}),
        Buffer.buffer(binary),
        Buffer.buffer());
    List<EndedAttempt> group = IntStream.range(0, 4)
        .mapToObj(
            i -> ended(claimed.get(i).claim(), new Ran(15), new Finished(1, 15), results.get(i)))
        .toList();

    assertThat(finish(group)).hasSize(4).containsValue(Fate.KEPT).doesNotContainValue(Fate.STALE);

    List<JobView> kept = get(store.jobs().page(batch, null, "finished", 10));
    assertThat(kept)
        .extracting(view -> last(view.id()).result())
        .containsExactlyElementsOf(results);
  }

  @Test
  void sentTwiceItSaysTheSameAndCountsOnce() {
    BatchId batch = submit(2);
    Claim done = claim(session, batch, 1).getFirst().claim();
    Claim again = claim(session, batch, 2).getFirst().claim();
    List<EndedAttempt> group = List.of(ran(done, "out"), lost(again));
    Map<Claim, Fate> first = finish(group);

    assertThat(finish(group)).isEqualTo(first).isEqualTo(Map.of(done, Fate.KEPT, again, Fate.KEPT));
    assertThat(progress(batch)).isEqualTo(new Progress(2, 1, 0, 0, 1));
    assertThat(state(again.job())).isEqualTo(new Waiting(1, 1, "s1"));
    assertThat(events(batch)).hasSize(2);
  }

  @Test
  void withoutTheClaimNothingIsFinished() {
    BatchId batch = submit(2);
    Claim claim = claim(session, batch, 1).getFirst().claim();
    Claim stranger = new Claim(claim.job(), 1, session + 1_000_000);
    Claim other = new Claim(claim.job(), 2, session);
    Claim never = new Claim(batch.job(2), 1, session);

    assertThat(finish(ran(stranger, "x"))).containsValue(Fate.STALE);
    assertThat(finish(ran(other, "x"))).containsValue(Fate.STALE);
    assertThat(finish(ran(never, "x"))).containsValue(Fate.STALE);
    assertThat(state(claim.job())).isInstanceOf(Running.class);
    assertThat(progress(batch)).isEqualTo(new Progress(2, 0, 0, 0, 0));
  }

  @Test
  void whatIsTriedAgainKeepsItsHistory() {
    BatchId batch = submit(1);
    Claim first = claim(session, batch, 1).getFirst().claim();
    finish(ended(first, new Refused(), new Waiting(1, 0, "s1"), null));
    Claimed second = claim(session, batch, 1).getFirst();
    assertThat(second.claim().attempt()).isEqualTo(2);
    assertThat(second.strikes()).isZero();
    finish(lost(second.claim()));
    Claimed third = claim(session, batch, 1).getFirst();
    assertThat(third.strikes()).isEqualTo(1);
    finish(ran(third.claim(), "out"));

    assertThat(get(store.jobs().attempts(batch.job(1))))
        .extracting(Attempt::ending)
        .containsExactly(new Refused(), new Lost("reset"), new Ran(15));
    assertThat(progress(batch)).isEqualTo(new Progress(1, 1, 0, 0, 2));
  }

  @Test
  void whatCanNotBeKeptHoldsNobodyUp() {
    BatchId batch = submit(9);
    List<EndedAttempt> group = new ArrayList<>();
    for (Claimed claimed : claim(session, batch, IntStream.rangeClosed(1, 9).toArray())) {
      boolean bad = claimed.claim().job().sequence() == 6;
      group.add(ended(
          claimed.claim(),
          bad ? new AttemptEnding.Rejected("a\u0000b") : new Ran(15),
          bad ? new Dead(1, "a\u0000b") : new Finished(1, 15),
          Buffer.buffer("out")));
    }

    Map<Claim, Fate> fates = finish(group);

    assertThat(fates).hasSize(9);
    assertThat(fates.get(new Claim(batch.job(6), 1, session))).isEqualTo(Fate.UNKEEPABLE);
    assertThat(fates.values()).filteredOn(fate -> fate == Fate.KEPT).hasSize(8);
    assertThat(progress(batch)).isEqualTo(new Progress(9, 8, 1, 0, 0));
    assertThat(state(batch.job(6)))
        .isInstanceOfSatisfying(
            Dead.class, dead -> assertThat(dead.reason()).startsWith("its result can't be kept"));
  }

  // --- steering

  @Test
  void aControlIsTakenOnlyOverTheOneItWasMadeFrom() {
    BatchId batch = submit(1);
    BatchControl first = get(store.batches().find(batch)).orElseThrow().control();

    assertThat(steer(batch, first.pause("by ada"))).isTrue();
    assertThat(steer(batch, first.toLane("exam"))).isFalse();
    BatchControl now = get(store.batches().find(batch)).orElseThrow().control();
    assertThat(now).isEqualTo(first.pause("by ada"));
    assertThat(claim(session, batch, 1)).isEmpty();
    assertThat(steer(batch, now.resume().toLane("exam"))).isFalse();
    assertThat(steer(batch, now.resume())).isTrue();
    assertThat(claim(session, batch, 1)).hasSize(1);
  }

  @Test
  void cancellingEndsWhatWaitsAtOnceAndWhatRunsWhenItComes() {
    BatchId batch = submit(5);
    List<Claimed> running = claim(session, batch, 1, 2);
    finish(ran(claim(session, batch, 3).getFirst().claim(), "out"));
    steer(batch, get(store.batches().find(batch)).orElseThrow().control().cancel());

    assertThat(claim(session, batch, 4)).isEmpty();
    assertThat(get(store.jobs().cancelWaiting(session, batch))).isEqualTo(2);
    assertThat(get(store.jobs().cancelWaiting(session, batch))).isZero();
    assertThat(get(store.batches().end(session, batch))).isFalse();
    List<EndedAttempt> late =
        List.of(ran(running.get(0).claim(), "late"), lost(running.get(1).claim()));
    assertThat(finish(late).values()).containsOnly(Fate.DROPPED);
    assertThat(finish(late).values()).containsOnly(Fate.DROPPED);
    assertThat(get(store.batches().end(session, batch))).isTrue();

    assertThat(progress(batch)).isEqualTo(new Progress(5, 1, 0, 4, 1));
    Attempt dropped = last(batch.job(1));
    assertThat(dropped.ending()).isEqualTo(new Dropped());
    assertThat(dropped.result()).isNull();
  }

  @Test
  void onlyTheWaitingOnesOfACancelledBatchAreCancelled() {
    BatchId batch = submit(3);
    assertThat(get(store.jobs().cancelWaiting(session, batch))).isZero();
    assertThat(state(batch.job(1))).isEqualTo(Waiting.NEW);
  }

  @Test
  void deadJobsCanBeDrivenAgain() {
    BatchId batch = submit(3);
    List<EndedAttempt> dying = claim(session, batch, 1, 2, 3).stream()
        .map(claimed ->
            ended(claimed.claim(), new Lost("reset"), new Dead(1, "reset, for the 3. time"), null))
        .toList();
    finish(dying);
    assertThat(get(store.batches().end(session, batch))).isTrue();
    assertThat(get(store.jobs().page(batch, null, "dead", 10)))
        .extracting(JobView::state)
        .containsOnly(new Dead(1, "reset, for the 3. time"));

    assertThat(get(store.jobs().redrive(session, batch, Set.of(batch.job(2))))).isEqualTo(1);
    assertThat(get(store.jobs().redrive(session, batch, Set.of()))).isEqualTo(2);

    assertThat(get(store.batches().find(batch)).orElseThrow().endedAt()).isNull();
    assertThat(progress(batch)).isEqualTo(new Progress(3, 0, 0, 0, 3));
    Claimed again = claim(session, batch, 2).getFirst();
    assertThat(again.claim().attempt()).isEqualTo(2);
    assertThat(again.strikes()).isZero();
  }

  // --- the end

  @Test
  void aBatchEndsOnceWhenItsLastJobHas() throws Exception {
    BatchId batch = submit(2);
    JobStore other = open(vertx, LONG);
    long otherSession = get(other.sessions().open("node-2"));
    Claim mine = claim(session, batch, 1).getFirst().claim();
    Claim yours =
        get(other.jobs().claim(otherSession, offers(batch, 2))).getFirst().claim();
    Future<Boolean> here = store
        .jobs()
        .finish(session, "node-1", List.of(ran(mine, "a")))
        .compose(done -> store.batches().end(session, batch));
    Future<Boolean> there = other
        .jobs()
        .finish(otherSession, "node-2", List.of(ran(yours, "b")))
        .compose(done -> other.batches().end(otherSession, batch));

    assertThat(List.of(get(here), get(there))).containsExactlyInAnyOrder(true, false);
    assertThat(get(store.batches().find(batch)).orElseThrow().endedAt()).isNotNull();
    assertThat(events(batch)).filteredOn(event -> event.kind() == Kind.ENDED).hasSize(1);
    get(other.close());
  }

  @Test
  void theSweepEndsWhatACrashLeftOpen() {
    BatchId complete = submit(1);
    finish(ran(claim(session, complete, 1).getFirst().claim(), "out"));
    BatchId cancelled = submit(3);
    steer(
        cancelled, get(store.batches().find(cancelled)).orElseThrow().control().cancel());
    BatchId empty = submit(0);
    BatchId busy = submit(1);

    assertThat(get(store.batches().sweep(session)))
        .contains(complete, cancelled, empty)
        .doesNotContain(busy);
    assertThat(progress(cancelled)).isEqualTo(new Progress(3, 0, 0, 3, 0));
  }

  // --- rescue

  @Test
  void jobsOfANodeThatIsGoneWaitAgain() throws Exception {
    BatchId batch = submit(2);
    Claim claim = dies(batch, 1);

    List<Rescued> rescued = rescued(claim.job());

    assertThat(rescued).contains(new Rescued(claim.job(), new Waiting(1, 1, "s1"), "python3", 500));
    assertThat(get(store.jobs().attempts(claim.job())))
        .extracting(Attempt::ending)
        .containsExactly(new Vanished());
    assertThat(progress(batch)).isEqualTo(new Progress(2, 0, 0, 0, 1));
    assertThat(get(store.sessions().renew(claim.session()))).isEmpty();
  }

  @Test
  void aLateResultIsTakenIfNobodyHasTheJob() throws Exception {
    BatchId batch = submit(1);
    Claim claim = dies(batch, 1);
    rescued(claim.job());

    assertThat(finish(ran(claim, "late"))).containsValue(Fate.KEPT);
    assertThat(state(claim.job())).isEqualTo(new Finished(1, 15));
    assertThat(get(store.jobs().attempts(claim.job())))
        .extracting(Attempt::result)
        .containsExactly(Buffer.buffer("late"));
    assertThat(claim(session, batch, 1)).isEmpty();
  }

  @Test
  void aLateResultIsRefusedIfSomebodyHasTheJob() throws Exception {
    BatchId batch = submit(1);
    Claim late = dies(batch, 1);
    rescued(late.job());
    Claim now = claim(session, batch, 1).getFirst().claim();

    assertThat(finish(ran(late, "late"))).containsValue(Fate.STALE);
    assertThat(finish(ran(now, "now"))).containsValue(Fate.KEPT);
    assertThat(finish(ran(late, "late"))).containsValue(Fate.STALE);
    assertThat(last(late.job()).result()).isEqualTo(Buffer.buffer("now"));
  }

  @Test
  void theThirdNodeThatVanishesIsTheLast() throws Exception {
    BatchId batch = submit(1);
    for (int i = 0; i < 3; i++) {
      rescued(dies(batch, 1).job());
    }

    assertThat(state(batch.job(1))).isEqualTo(new Dead(3, "its node vanished, for the 3. time"));
    assertThat(progress(batch)).isEqualTo(new Progress(1, 0, 1, 0, 3));
  }

  @Test
  void whatALeavingNodeHandsBackCostsNoStrike() throws Exception {
    BatchId batch = submit(1);
    Claim claim = claim(session, batch, 1).getFirst().claim();
    long other = get(store.sessions().open("node-2"));
    get(store.sessions().leave(session));

    assertThat(get(store.sessions().rescue(other, 3)))
        .contains(new Rescued(claim.job(), new Waiting(1, 0, "s1"), "python3", 500));
  }

  @Test
  void whatIsRescuedInACancelledBatchIsCancelled() throws Exception {
    BatchId batch = submit(1);
    Claim claim = dies(batch, 1);
    steer(batch, get(store.batches().find(batch)).orElseThrow().control().cancel());
    rescued(claim.job());

    assertThat(state(claim.job())).isEqualTo(new Cancelled(1));
    assertThat(finish(ran(claim, "late"))).containsValue(Fate.STALE);
    assertThat(get(store.batches().end(session, batch))).isTrue();
  }

  @Test
  void onlySessionsThatCanClaimAreLiving() throws Exception {
    long other = get(store.sessions().open("node-2"));
    assertThat(get(store.sessions().living())).containsSubsequence(session, other);

    get(store.sessions().leave(other));

    assertThat(get(store.sessions().living())).contains(session).doesNotContain(other);
  }

  @Test
  void whoHasJustComeBackHimselfEndsNobody() throws Exception {
    BatchId batch = submit(1);
    Claim claim = dies(batch, 1);

    long fresh = get(store.sessions().open("node-3"));
    assertThat(get(store.sessions().rescue(fresh, 3))).isEmpty();
    assertThat(state(claim.job())).isInstanceOf(Running.class);
  }

  @Test
  void aSessionThatIsLateLivesOnIfNobodyHasEndedIt() throws Exception {
    JobStore mortal = open(vertx, new Sessions.Terms(Duration.ofMillis(1), Duration.ofMillis(1)));
    long late = get(mortal.sessions().open("node-2"));

    assertThat(get(mortal.sessions().renew(late))).isPresent();
    assertThat(get(mortal.sessions().renew(late)))
        .hasValueSatisfying(steady -> assertThat(steady).isLessThan(Duration.ofMinutes(1)));
    get(mortal.close());
  }

  // --- the log

  @Test
  void eventsAreNumberedBySessionWithoutAGap() throws Exception {
    BatchId batch = submit(6);
    JobStore other = open(vertx, LONG);
    long otherSession = get(other.sessions().open("node-2"));
    for (int i = 1; i <= 5; i += 2) {
      finish(ran(claim(session, batch, i).getFirst().claim(), "a"));
      Claim yours =
          get(other.jobs().claim(otherSession, offers(batch, i + 1))).getFirst().claim();
      get(other.jobs().finish(otherSession, "node-2", List.of(ran(yours, "b"))));
    }
    get(store.batches().end(session, batch));

    List<BatchEvent> all = events(batch);
    assertThat(all)
        .filteredOn(event -> event.session() == session)
        .extracting(BatchEvent::number, BatchEvent::kind, BatchEvent::finished)
        .containsExactly(
            tuple(1L, Kind.SUBMITTED, 0),
            tuple(2L, Kind.PROGRESS, 1),
            tuple(3L, Kind.PROGRESS, 2),
            tuple(4L, Kind.PROGRESS, 3),
            tuple(5L, Kind.ENDED, 3));
    assertThat(all)
        .filteredOn(event -> event.session() == otherSession)
        .extracting(BatchEvent::number, BatchEvent::jobs)
        .containsExactly(
            tuple(1L, List.of(new Changed(2, "finished"))),
            tuple(2L, List.of(new Changed(4, "finished"))),
            tuple(3L, List.of(new Changed(6, "finished"))));
    get(other.close());
  }

  @Test
  void aCursorGoesOnWhereItStood() {
    BatchId batch = submit(3);
    EventCursor cursor = EventCursor.START;
    for (BatchEvent event : events(batch)) {
      cursor = cursor.after(event);
    }
    finish(ran(claim(session, batch, 1).getFirst().claim(), "a"));
    finish(ran(claim(session, batch, 2).getFirst().claim(), "a"));

    List<BatchEvent> next = get(store.events().since(batch, cursor, 1));
    assertThat(next).hasSize(1);
    List<BatchEvent> rest = get(store.events().since(batch, cursor.after(next.getFirst()), 100));
    assertThat(rest).extracting(BatchEvent::number).containsExactly(3L);
  }

  // --- leases

  @Test
  void aLeaseHasOneHolderAndAFenceThatGrows() {
    Leases leases = store.leases();
    String name = "test-" + random.nextLong();
    Duration minute = Duration.ofMinutes(1);
    Leases.Lease first = get(leases.take(name, "node-1", minute)).orElseThrow();

    assertThat(get(leases.take(name, "node-2", minute))).isEmpty();
    assertThat(get(leases.renew(first, minute))).isTrue();
    get(leases.release(first));
    Leases.Lease second = get(leases.take(name, "node-2", minute)).orElseThrow();
    assertThat(second.fence()).isGreaterThan(first.fence());
    assertThat(get(leases.renew(first, minute))).isFalse();
    get(leases.release(first));
    assertThat(get(leases.take(name, "node-1", minute))).isEmpty();
  }

  // --- helpers

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

  private Attempt last(JobId job) {
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

  private BatchId submit(BatchControl control, int jobs) {
    BatchId id = id();
    get(store.batches().submit(session, batch(id, control), JobSource.of(jobs(jobs))));
    return id;
  }

  private static NewBatch batch(BatchId id, BatchControl control) {
    return new NewBatch(id, "moodle", "a batch", null, control, true);
  }

  private boolean steer(BatchId batch, BatchControl next) {
    return get(store.batches().steer(session, batch, next, "by ada"));
  }

  private List<BatchEvent> events(BatchId batch) {
    return get(store.events().since(batch, EventCursor.START, 1000));
  }

  /** A node claims the job and is never heard of again. */
  private Claim dies(BatchId batch, int sequence) throws Exception {
    JobStore mortal = open(vertx, TERMS);
    long dying = get(mortal.sessions().open("node-2"));
    Claim claim =
        get(mortal.jobs().claim(dying, offers(batch, sequence))).getFirst().claim();
    get(mortal.close());
    return claim;
  }

  /** What another node, there for long enough, takes back; this job among it. */
  private List<Rescued> rescued(JobId job) throws Exception {
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

  private static EndedAttempt lost(Claim claim) {
    return ended(claim, new Lost("reset"), new Waiting(claim.attempt(), 1, "s1"), null);
  }

  private static EndedAttempt ended(
      Claim claim, AttemptEnding ending, JobState next, @Nullable Buffer result) {
    return new EndedAttempt(claim, ending, next, WHERE, result);
  }

  private static List<Claimed> inOrder(List<Claimed> claimed) {
    return claimed.stream()
        .sorted(Comparator.comparing(one -> one.claim().job()))
        .toList();
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }
}
