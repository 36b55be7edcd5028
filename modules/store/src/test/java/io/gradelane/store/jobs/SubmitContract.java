package io.gradelane.store.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.gradelane.core.job.JobState.Waiting;
import io.gradelane.core.job.Progress;
import io.gradelane.core.job.StopRule;
import io.gradelane.store.jobs.Jobs.Found;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is submitted is kept, whole or not at all. */
public abstract class SubmitContract extends JobStoreFixture {

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
}
