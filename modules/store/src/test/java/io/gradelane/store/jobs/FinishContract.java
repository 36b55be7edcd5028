package io.gradelane.store.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.AttemptEnding;
import io.gradelane.core.job.AttemptEnding.Lost;
import io.gradelane.core.job.AttemptEnding.Ran;
import io.gradelane.core.job.AttemptEnding.Refused;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobState.Dead;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.core.job.JobState.Running;
import io.gradelane.core.job.JobState.Waiting;
import io.gradelane.core.job.Progress;
import io.gradelane.store.jobs.Jobs.Claimed;
import io.gradelane.store.jobs.Jobs.Fate;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A finish is kept once, by whoever has the claim. */
public abstract class FinishContract extends JobStoreFixture {

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
}
