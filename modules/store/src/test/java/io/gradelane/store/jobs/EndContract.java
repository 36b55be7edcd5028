package io.gradelane.store.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.Progress;
import io.gradelane.store.jobs.BatchEvent.Kind;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A batch ends once. */
public abstract class EndContract extends JobStoreFixture {

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
}
