package io.gradelane.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.lane.VersionedLane;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneBookTest {

  private static final LaneSpec LANE =
      new LaneSpec("bulk", false, 10, 0, LaneSpec.UNLIMITED, Duration.ofMinutes(10), 100, false);
  private static final LaneSpec PAUSED = LANE.withPaused(true);

  private final LaneBook book = new LaneBook(List.of(LANE));

  @Test
  void aChangesVersionIsItsMomentAndAlwaysAboveTheOneBefore() {
    assertThat(book.set(PAUSED, 5_000).version()).isEqualTo(5_000);
    assertThat(book.set(LANE, 5_000).version()).isEqualTo(5_001);
    assertThat(book.set(PAUSED, 17).version()).isEqualTo(5_002);
  }

  @Test
  void whatWasKeptGoesBeforeTheConfiguration() {
    assertThat(book.learn(List.of(new VersionedLane(PAUSED, 4_000)))).isTrue();
    assertThat(book.get("bulk")).isEqualTo(new VersionedLane(PAUSED, 4_000));
  }

  @Test
  void whatWasSaidSinceGoesBeforeWhatWasKept() {
    VersionedLane said = book.set(LANE, 5_000);

    assertThat(book.learn(List.of(new VersionedLane(PAUSED, 4_000)))).isFalse();
    assertThat(book.get("bulk")).isEqualTo(said);
  }

  @Test
  void whatIsNotConfiguredIsNotLearnt() {
    LaneSpec other = new LaneSpec("other", false, 10, 0, 1, Duration.ofMinutes(10), 100, false);

    assertThat(book.learn(List.of(new VersionedLane(other, 4_000)))).isFalse();
    assertThat(book.names()).containsExactly("bulk");
  }
}
