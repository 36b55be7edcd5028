package io.gradelane.store.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is sent twice under a key is kept once. */
public abstract class RepeatContract extends JobStoreFixture {

  @Test
  void aKeyKeepsOneBatchAndItsAnswer() {
    RequestKey key = key("a", "digest");
    BatchId first = id();

    Submitted kept = once(store, first, key);
    Submitted again = once(store, id(), key);

    assertThat(kept).isEqualTo(new Submitted.Kept(first, Buffer.buffer("told of 3")));
    assertThat(again).isEqualTo(new Submitted.Before(first, Buffer.buffer("told of 3")));
    assertThat(once(store, id(), key("a", "another digest"))).isEqualTo(new Submitted.Taken());
    RequestKey others = new RequestKey("other", key.key(), key.digest());
    assertThat(once(store, id(), others)).isInstanceOf(Submitted.Kept.class);
  }

  @Test
  void whatFailsLeavesItsKey() {
    RequestKey key = key("b", "digest");
    Future<Submitted> broken = store
        .batches()
        .submit(
            session,
            batch(id(), BatchControl.in("bulk")),
            () -> Future.failedFuture("the upload broke off"),
            key,
            kept -> Buffer.buffer());
    Eventually.await("the submit has failed", broken::failed);

    assertThat(once(store, id(), key)).isInstanceOf(Submitted.Kept.class);
  }

  @Test
  void sentAtOnceFromManyPlacesItIsKeptOnce() throws Exception {
    JobStore other = open(vertx, LONG);
    RequestKey key = key("c", "digest");
    List<Future<Submitted>> sent = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      JobStore here = i % 2 == 0 ? store : other;
      sent.add(send(here, id(), key, 2_000));
    }
    List<Submitted> told = sent.stream().map(JobStoreFixture::get).toList();

    List<BatchId> kept = told.stream()
        .filter(Submitted.Kept.class::isInstance)
        .map(one -> ((Submitted.Kept) one).batch())
        .toList();
    assertThat(kept).hasSize(1);
    Submitted before = new Submitted.Before(kept.getFirst(), Buffer.buffer("told of 2000"));
    assertThat(told).filteredOn(before::equals).hasSize(7);
    assertThat(get(store.batches().page("moodle", null, 500)))
        .filteredOn(batch -> batch.progress().total() == 2_000)
        .extracting(Batch::id)
        .containsExactly(kept.getFirst());
    get(other.close());
  }
}
