package io.gradelane.store.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.AttemptEnding.Lost;
import io.gradelane.core.job.AttemptEnding.Rejected;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobState.Cancelled;
import io.gradelane.core.job.JobState.Dead;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.core.job.Progress;
import io.gradelane.store.jobs.BatchEvent.Changed;
import io.gradelane.store.jobs.Jobs.Fate;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is erased is gone, and counts on. */
public abstract class ErasureContract extends JobStoreFixture {

  @Test
  void anErasedJobKeepsItsPlaceAndItsCountAndNothingElse() {
    BatchId batch = submit(3);
    BatchId other = submit(3);
    finish(ran(claim(session, batch, 2).getFirst().claim(), "her output"));

    Jobs.Erased erased = get(store.jobs().erase(session, "moodle", "ref 2", batch));

    assertThat(erased).isEqualTo(new Jobs.Erased(1, 0, 0));
    JobView job = get(store.jobs().find(batch.job(2))).orElseThrow();
    assertThat(job.erased()).isTrue();
    assertThat(job.ref()).isEmpty();
    assertThat(job.state()).isEqualTo(new Finished(1, 15));
    assertThat(get(store.jobs().attempts(batch.job(2))).getFirst().result()).isNull();
    assertThat(get(store.jobs().spec(batch.job(2)))).contains(Buffer.buffer());
    assertThat(progress(batch)).isEqualTo(new Progress(3, 1, 0, 0, 0));
    assertThat(get(store.jobs().find(other.job(2))).orElseThrow().erased()).isFalse();
    assertThat(get(store.jobs().erase(session, "moodle", "ref 2", batch)))
        .isEqualTo(new Jobs.Erased(0, 0, 0));
  }

  @Test
  void whatAnyOfItsAttemptsGaveIsErased() {
    BatchId batch = submit(1);
    Claim first = claim(session, batch, 1).getFirst().claim();
    Buffer quoted = Buffer.buffer("her code, quoted");
    finish(ended(first, new Rejected("status 400"), new Dead(1, "status 400"), quoted));
    get(store.jobs().redrive(session, batch, Set.of()));
    finish(ran(claim(session, batch, 1).getFirst().claim(), "her output"));
    assertThat(get(store.jobs().attempts(batch.job(1))))
        .extracting(Attempt::result)
        .containsExactly(quoted, Buffer.buffer("her output"));

    get(store.jobs().erase(session, "moodle", "ref 1", batch));

    assertThat(get(store.jobs().attempts(batch.job(1))))
        .hasSize(2)
        .extracting(Attempt::result)
        .containsOnlyNulls();
  }

  @Test
  void nothingIsErasedWhileAJobOfThatRefRuns() {
    BatchId batch = submit(2);
    Claim claim = claim(session, batch, 1).getFirst().claim();

    assertThat(get(store.jobs().erase(session, null, "ref 1", batch)))
        .isEqualTo(new Jobs.Erased(0, 0, 1));

    assertThat(get(store.jobs().spec(batch.job(1)))).contains(Buffer.buffer("spec 1"));
    assertThat(finish(ran(claim, "out"))).containsEntry(claim, Fate.KEPT);
    assertThat(get(store.jobs().erase(session, null, "ref 1", batch)).erased()).isEqualTo(1);
  }

  @Test
  void whatWaitsIsCancelledWhenItIsErased() {
    BatchId batch = submit(2);

    assertThat(get(store.jobs().erase(session, "moodle", "ref 1", batch)))
        .isEqualTo(new Jobs.Erased(1, 1, 0));

    assertThat(state(batch.job(1))).isEqualTo(new Cancelled(0));
    assertThat(claim(session, batch, 1)).isEmpty();
    assertThat(progress(batch)).isEqualTo(new Progress(2, 0, 0, 1, 0));
    assertThat(events(batch).getLast().jobs()).containsExactly(new Changed(1, "cancelled"));
  }

  @Test
  void nobodyErasesWhatIsNotHisAndNobodyRunsWhatIsErased() {
    BatchId batch = submit(2);
    Claim claim = claim(session, batch, 1).getFirst().claim();
    finish(ended(claim, new Lost("reset"), new Dead(1, "reset"), null));

    assertThat(get(store.jobs().erase(session, "somebody else", "ref 1", batch)))
        .isEqualTo(new Jobs.Erased(0, 0, 0));
    assertThat(get(store.jobs().erase(session, "moodle", "ref 1", batch)).erased())
        .isEqualTo(1);
    assertThat(get(store.jobs().redrive(session, batch, Set.of()))).isZero();
  }

  @Test
  void aRefIsErasedInAllBatches() {
    String tenant = "tenant" + keys;
    BatchId one = submitFor(tenant, 1);
    BatchId other = submitFor(tenant, 2);
    Jobs.Erased erased = get(store.jobs().erase(session, tenant, "ref 1", null));

    assertThat(erased).isEqualTo(new Jobs.Erased(2, 2, 0));
    assertThat(get(store.jobs().find(one.job(1))).orElseThrow().erased()).isTrue();
    assertThat(get(store.jobs().find(other.job(1))).orElseThrow().erased()).isTrue();
    assertThat(get(store.jobs().find(other.job(2))).orElseThrow().erased()).isFalse();
  }
}
