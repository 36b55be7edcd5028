package io.gradelane.store.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.AttemptEnding.Vanished;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobState.Cancelled;
import io.gradelane.core.job.JobState.Dead;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.core.job.JobState.Running;
import io.gradelane.core.job.JobState.Waiting;
import io.gradelane.core.job.Progress;
import io.gradelane.store.jobs.Jobs.Fate;
import io.gradelane.store.jobs.Sessions.Rescued;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node that is gone ran waits again. */
public abstract class RescueContract extends JobStoreFixture {

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
    JobStore mortal = open(vertx, OVER);
    long late = get(mortal.sessions().open("node-2"));

    assertThat(get(mortal.sessions().renew(late))).isPresent();
    assertThat(get(mortal.sessions().renew(late)))
        .hasValueSatisfying(steady -> assertThat(steady).isLessThan(Duration.ofMinutes(1)));
    get(mortal.close());
  }
}
