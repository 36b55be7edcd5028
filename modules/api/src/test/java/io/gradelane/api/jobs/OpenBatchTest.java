package io.gradelane.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.gradelane.core.job.JobState.Waiting;
import io.gradelane.core.job.Progress;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.Jobs.Found;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OpenBatchTest {

  private static final int JOBS = 5 * Share.CHUNK + 10;
  private static final BatchId ID = BatchId.next(1, new Random(1));

  @Test
  void itsShareIsReadAndNothingElse() {
    for (int place = 0; place < 3; place++) {
      Share share = new Share(place, 3);
      OpenBatch batch = new OpenBatch(batch(1), share);
      assertThat(readAll(batch))
          .isEqualTo(IntStream.rangeClosed(1, JOBS)
              .filter(sequence -> share.holds(ID.job(sequence)))
              .boxed()
              .toList());
    }
  }

  @Test
  void whatWasReadBeforeARewindComesTooLate() {
    OpenBatch batch = new OpenBatch(batch(1), Share.ALL);
    OpenBatch.Page late = batch.beginReading();
    batch.rewind();

    batch.read(late, found(1 + Share.CHUNK, Share.CHUNK), Share.CHUNK);

    assertThat(batch.next(Instant.EPOCH)).isNull();
    assertThat(readAll(batch)).hasSize(JOBS);
  }

  @Test
  void itHelpsWithTheOthersWhenItsOwnAreThrough() {
    Share share = new Share(0, 2);
    OpenBatch batch = new OpenBatch(batch(1), share);
    assertThat(readAll(batch)).hasSizeLessThan(JOBS);

    batch.update(batch(1), share);

    assertThat(readAll(batch)).hasSize(JOBS);
  }

  @Test
  void aChangeOfSharesIsReadFromTheFirst() {
    OpenBatch batch = new OpenBatch(batch(1), new Share(0, 2));
    readAll(batch);

    batch.update(batch(1), Share.ALL);

    assertThat(readAll(batch)).hasSize(JOBS);
  }

  @Test
  void whatRestsIsNotFound() {
    OpenBatch batch = new OpenBatch(batch(1), Share.ALL);
    batch.rest(ID.job(3));
    assertThat(readAll(batch)).hasSize(JOBS - 1).doesNotContain(3);

    batch.wake(ID.job(3));
    batch.rewind();

    assertThat(readAll(batch)).contains(3);
  }

  /** They were asked for, and found nothing: the session was late. What lies behind the sample waits meanwhile. */
  @Test
  void aSampleThatIsNotThroughIsReadAgainAndOneThatIsIsNot() {
    int sample = 30;
    OpenBatch batch = new OpenBatch(sampled(sample, 0), Share.ALL);
    assertThat(readAll(batch)).hasSize(sample);

    batch.update(sampled(sample, sample - 1), Share.ALL);
    assertThat(readAll(batch)).hasSize(sample);

    batch.update(sampled(sample, sample), Share.ALL);
    assertThat(readAll(batch)).isEmpty();
  }

  /** The sequences of all that it lets begin; nothing of them is claimed. */
  private static List<Integer> readAll(OpenBatch batch) {
    List<Integer> begun = new ArrayList<>();
    while (batch.needsReading(1)) {
      OpenBatch.Page page = batch.beginReading();
      JobId after = page.after();
      int from = after == null ? 1 : after.sequence() + 1;
      batch.read(page, found(from, Share.CHUNK), Share.CHUNK);
      for (Found next = batch.next(Instant.EPOCH); next != null; next = batch.next(Instant.EPOCH)) {
        begun.add(next.id().sequence());
      }
    }
    return begun;
  }

  private static List<Found> found(int from, int limit) {
    return IntStream.rangeClosed(from, Math.min(JOBS, from + limit - 1))
        .mapToObj(i -> new Found(ID.job(i), Waiting.NEW, "c", 1, Buffer.buffer("{}")))
        .toList();
  }

  private static Batch batch(int version) {
    return batch(BatchControl.in("bulk").withVersion(version), 0);
  }

  private static Batch sampled(int sample, int finished) {
    return batch(BatchControl.in("bulk").sample(sample), finished);
  }

  private static Batch batch(BatchControl control, int finished) {
    return new Batch(
        ID,
        "moodle",
        "a batch",
        null,
        true,
        control,
        new Progress(JOBS, finished, 0, 0, 0),
        Instant.EPOCH,
        null);
  }
}
