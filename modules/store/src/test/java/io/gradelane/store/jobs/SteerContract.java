package io.gradelane.store.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.AttemptEnding.Dropped;
import io.gradelane.core.job.AttemptEnding.Lost;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobState.Dead;
import io.gradelane.core.job.JobState.Waiting;
import io.gradelane.core.job.Progress;
import io.gradelane.store.jobs.Jobs.Claimed;
import io.gradelane.store.jobs.Jobs.Fate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches are steered, and the dead are driven again. */
public abstract class SteerContract extends JobStoreFixture {

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

  @Test
  void someOfTheDeadAreFoundAndDrivenAgainByReasonAndByRef() {
    BatchId batch = submit(12);
    List<Claimed> all =
        inOrder(claim(session, batch, IntStream.rangeClosed(1, 12).toArray()));
    finish(all.stream()
        .map(claimed -> {
          boolean odd = claimed.claim().job().sequence() % 2 == 1;
          String reason = odd ? "reset, for the 3. time" : "status 404";
          return ended(claimed.claim(), new Lost(reason), new Dead(1, reason), null);
        })
        .toList());
    JobFilter reset = new JobFilter("dead", "reset", null);
    JobFilter oneAndTens = new JobFilter(null, null, "ref 1");
    JobFilter both = new JobFilter(null, "404", "ref 1");

    assertThat(get(store.jobs().search(batch, null, reset, 100))).hasSize(6);
    assertThat(get(store.jobs().search(batch, null, oneAndTens, 100)))
        .extracting(JobView::ref)
        .containsExactly("ref 1", "ref 10", "ref 11", "ref 12");
    assertThat(get(store.jobs().redrive(session, batch, Set.of(), both))).isEqualTo(2);
    assertThat(get(store.jobs().redrive(session, batch, Set.of(batch.job(1), batch.job(2)), reset)))
        .isEqualTo(1);
    assertThat(get(store.jobs().redrive(session, batch, Set.of(), new JobFilter(null, "%", null))))
        .isZero();
    assertThat(get(store.jobs().page(batch, null, "waiting", 100)))
        .extracting(JobView::id)
        .containsExactly(batch.job(1), batch.job(10), batch.job(12));
  }
}
