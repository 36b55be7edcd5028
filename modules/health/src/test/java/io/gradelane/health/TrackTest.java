package io.gradelane.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TrackTest {

  private static final Sign FAILED = new Sign.RunFailed("reset");
  private static final Sign WORKED = new Sign.RunWorked();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Track track = new Track();

  private void note(int times, Sign sign) {
    for (int i = 0; i < times; i++) {
      track.note(sign, NOW);
    }
  }

  @Test
  void threeFailedRunsInARowConvict() {
    note(100, WORKED);
    note(2, FAILED);
    assertThat(track.isConvicted()).isFalse();
    note(1, FAILED);
    assertThat(track.isConvicted()).isTrue();
  }

  @Test
  void aSuccessBreaksTheRow() {
    for (int i = 0; i < 4; i++) {
      note(1, FAILED);
      note(3, WORKED);
    }
    note(2, FAILED);
    assertThat(track.isConvicted()).isFalse();
  }

  @Test
  void whatFailedLongAgoIsForgotten() {
    note(2, FAILED);
    track.note(FAILED, NOW.plusSeconds(31));
    assertThat(track.isConvicted()).isFalse();
  }

  @Test
  void aProbeRunThatWorksForgivesAll() {
    note(10, FAILED);
    note(3, new Sign.Silent("timeout"));
    assertThat(track.isDoubted()).isTrue();
    note(1, new Sign.Ran(false, false));
    assertThat(track.isDoubted()).isFalse();
    assertThat(track.isConvicted()).isFalse();
    assertThat(track.failedProbes()).isZero();
  }

  @Test
  void tellingLanguagesForgivesOnlySilence() {
    note(1, new Sign.Silent("timeout"));
    note(1, new Sign.Told());
    assertThat(track.failedProbes()).isZero();
    note(1, new Sign.RanWrong("wrong"));
    note(1, new Sign.Told());
    assertThat(track.failedProbes()).isEqualTo(1);
  }
}
