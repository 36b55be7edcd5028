package io.gradelane.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {

  private static final long NOON = 1_767_268_800_000L;

  private final Random random = new Random(1);
  private final BatchId batch = BatchId.next(NOON, random);

  @Test
  void aJobsIdNamesItsBatchAndItsPlace() {
    JobId job = batch.job(70_000);

    assertThat(job.batch()).isEqualTo(batch);
    assertThat(job.sequence()).isEqualTo(70_000);
    assertThat(JobId.parse(job.toString())).isEqualTo(job);
    assertThat(BatchId.parse(batch.toString())).isEqualTo(batch);
  }

  @Test
  void bothAreUuidsOfVersion7() {
    assertThat(batch.value().version()).isEqualTo(7);
    assertThat(batch.value().variant()).isEqualTo(2);
    assertThat(batch.job(1).value().version()).isEqualTo(7);
    assertThat(batch.value().getMostSignificantBits() >>> 16).isEqualTo(NOON);
  }

  @Test
  void idsSortByTimeThenBatchThenPlace() {
    BatchId later = BatchId.next(NOON + 1, random);

    assertThat(IntStream.of(1, 2, 255, 256, 65_536, BatchId.MAX_JOBS).mapToObj(batch::job))
        .isSorted()
        .allMatch(job -> job.value().compareTo(batch.value()) > 0)
        .allMatch(job -> job.compareTo(batch.last()) <= 0)
        .allMatch(job -> job.value().compareTo(later.value()) < 0);
  }

  @Test
  void theirTextSortsAsTheyDoSoThatADatabaseAgrees() {
    JobId small = batch.job(9);
    JobId great = batch.job(BatchId.MAX_JOBS);

    assertThat(small.toString()).isLessThan(great.toString());
  }

  @Test
  void batchesOfOneMillisecondDiffer() {
    assertThat(IntStream.range(0, 1000).mapToObj(i -> BatchId.next(NOON, random)))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "019b7a4e-7c00-4abc-8123-456700000001",
        "019b7a4e-7c00-7abc-8123-456700000000",
        "019b7a4e-7c00-7abc-8123-456780000000"
      })
  void whatIsNoJobsIdIsRefusedAndShown(String text) {
    assertThatThrownBy(() -> JobId.parse(text)).hasMessageContaining(text);
  }

  @Test
  void aJobIsNoBatch() {
    UUID job = batch.job(1).value();
    assertThatThrownBy(() -> new BatchId(job)).hasMessageContaining(job.toString());
  }
}
