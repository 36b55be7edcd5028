package io.gradelane.store.jobs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.store.jobs.Jobs.Claimed;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results are read by pages. */
public abstract class ResultContract extends JobStoreFixture {

  @Test
  void resultsComeAsManyAsFitButAlwaysOne() {
    BatchId batch = submit(5);
    finish(inOrder(claim(session, batch, 1, 2, 3, 4)).stream()
        .map(claimed -> ran(claimed.claim(), "x".repeat(100)))
        .toList());

    List<JobView> two = get(store.jobs().results(batch, null, null, 150));
    assertThat(two).extracting(JobView::id).containsExactly(batch.job(1), batch.job(2));
    assertThat(requireNonNull(two.getLast().last()).result())
        .isEqualTo(Buffer.buffer("x".repeat(100)));
    assertThat(get(store.jobs().results(batch, batch.job(2), null, 10)))
        .extracting(JobView::id)
        .containsExactly(batch.job(3));
    List<JobView> withoutOutput = get(store.jobs().results(batch, null, null, 0));
    assertThat(withoutOutput).hasSize(5);
    assertThat(requireNonNull(withoutOutput.getFirst().last()).result()).isNull();
    assertThat(withoutOutput.getFirst().state()).isEqualTo(new Finished(1, 15));
    assertThat(get(store.jobs().results(batch, null, "waiting", 1000)))
        .extracting(JobView::id)
        .containsExactly(batch.job(5));
    assertThat(get(store.jobs().results(batch, batch.job(5), null, 1000))).isEmpty();
  }

  @Test
  void whatEndsBetweenTwoPagesMakesNoneComeTwiceOrNever() {
    BatchId batch = submit(6);
    List<Claimed> claimed = inOrder(claim(session, batch, 1, 2, 3, 5));
    String output = "x".repeat(100);
    finish(ran(claimed.get(1).claim(), output));
    finish(ran(claimed.get(0).claim(), output));
    List<JobView> first = get(store.jobs().results(batch, null, null, 150));

    finish(ran(claimed.get(3).claim(), output));
    finish(lost(claimed.get(2).claim()));
    finish(ran(claim(session, batch, 3).getFirst().claim(), output));
    List<JobView> rest = get(store.jobs().results(batch, first.getLast().id(), null, 1_000));

    assertThat(first).extracting(JobView::id).containsExactly(batch.job(1), batch.job(2));
    assertThat(rest)
        .extracting(JobView::id)
        .containsExactly(batch.job(3), batch.job(4), batch.job(5), batch.job(6));
    assertThat(requireNonNull(rest.getFirst().last()).result()).isEqualTo(Buffer.buffer(output));
  }
}
