package io.gradelane.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
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
  void halfOfTheLatestRunsConvictIfTheyAreFive() {
    for (int i = 0; i < 4; i++) {
      note(1, FAILED);
      note(1, WORKED);
    }
    assertThat(track.isConvicted()).as("four of eight").isFalse();
    note(1, FAILED);
    assertThat(track.isConvicted()).as("five of nine").isTrue();
  }

  @Test
  void fiveFailuresAmongTwentyDoNot() {
    note(15, WORKED);
    note(2, FAILED);
    note(1, WORKED);
    note(2, FAILED);
    note(1, WORKED);
    note(1, FAILED);
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
    note(1, new Sign.Ran());
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

  @RepeatedTest(20)
  void countsAsSomebodyWouldWhoKeepsEverything() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    java.util.List<Boolean> all = new java.util.ArrayList<>();
    for (int i = 0; i < 300; i++) {
      boolean failed = random.nextInt(10) < 4;
      all.add(failed);
      note(1, failed ? FAILED : WORKED);
      var latest = all.subList(Math.max(0, all.size() - 20), all.size());
      long bad = latest.stream().filter(each -> each).count();
      boolean row = all.size() >= 3
          && all.subList(all.size() - 3, all.size()).stream().allMatch(each -> each);
      assertThat(track.isConvicted())
          .as("%s", latest)
          .isEqualTo(row || (bad >= 5 && 2 * bad >= latest.size()));
    }
  }
}
