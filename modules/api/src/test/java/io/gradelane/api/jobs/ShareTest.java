package io.gradelane.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.BatchId;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShareTest {

  private static final int JOBS = 7 * Share.CHUNK + 3;

  private final Random random = new Random(7);

  @Test
  void everyJobIsOneNodesWhateverTheBatch() {
    for (int nodes = 1; nodes <= 5; nodes++) {
      BatchId batch = BatchId.next(random.nextInt(1 << 30), random);
      List<Share> shares = shares(nodes);
      assertThat(IntStream.rangeClosed(1, JOBS)
              .mapToLong(sequence -> shares.stream()
                  .filter(share -> share.holds(batch.job(sequence)))
                  .count()))
          .containsOnly(1L);
    }
  }

  @Test
  void theNextOneIsTheFirstThatItHolds() {
    BatchId batch = BatchId.next(1, random);
    for (Share share : shares(3)) {
      for (int from = 1; from <= JOBS; from++) {
        int next = share.next(batch, from);
        assertThat(share.holds(batch.job(next))).isTrue();
        assertThat(IntStream.range(from, next).mapToObj(batch::job)).noneMatch(share::holds);
      }
    }
  }

  @Test
  void smallBatchesBeginWithDifferentNodes() {
    assertThat(IntStream.range(0, 50)
            .mapToObj(i -> BatchId.next(i, random))
            .filter(batch -> new Share(0, 2).holds(batch.job(1)))
            .count())
        .isBetween(10L, 40L);
  }

  @Test
  void whoseSessionNobodySeesRunsAll() {
    assertThat(Share.of(9, List.of(3L, 4L))).isEqualTo(Share.ALL);
    assertThat(Share.of(4, List.of(3L, 4L))).isEqualTo(new Share(1, 2));
  }

  private static List<Share> shares(int nodes) {
    return IntStream.range(0, nodes).mapToObj(place -> new Share(place, nodes)).toList();
  }
}
