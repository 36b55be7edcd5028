package io.gradelane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.launcher.Calibration.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first figures are those of a real Jobe on two cores running python3. */
class CalibrationTest {

  private static final Calibration TWO_CORES = new Calibration(List.of(
      clean(1, 6.2, 159, 196),
      clean(2, 12.0, 165, 210),
      clean(4, 15.7, 255, 299),
      clean(8, 12.1, 600, 1000)));

  @Test
  void slotsAreTheFewestThatGiveNearlyTheBestThroughput() {
    assertThat(TWO_CORES.slots()).isEqualTo(4);
  }

  @Test
  void coresAreTheMostAtWhichRunsTakeNotTwiceAsLongAsAlone() {
    assertThat(TWO_CORES.cores()).isEqualTo(4);
    assertThat(new Calibration(
                List.of(clean(1, 6, 160, 190), clean(2, 12, 165, 210), clean(4, 15, 255, 340)))
            .cores())
        .isEqualTo(2);
  }

  @Test
  void aLevelWithRefusalsIsNoChoice() {
    Calibration calibration = new Calibration(
        List.of(clean(1, 5, 200, 210), clean(2, 6, 300, 390), new Level(4, 20, 200, 210, 1, 0)));

    assertThat(calibration.slots()).isEqualTo(2);
    assertThat(calibration.cores()).isEqualTo(2);
  }

  @Test
  void nothingIsAdvisedWithoutARightAnswer() {
    assertThat(new Calibration(List.of(new Level(1, 0, 0, 0, 0, 10))).slots()).isZero();
  }

  @Test
  void itIsEnoughWhenMoreGainsNothingOrFails() {
    assertThat(TWO_CORES.isEnough()).isTrue();
    assertThat(new Calibration(TWO_CORES.levels().subList(0, 3)).isEnough()).isFalse();
    assertThat(new Calibration(TWO_CORES.levels().subList(0, 1)).isEnough()).isFalse();
    assertThat(new Calibration(List.of(
                clean(1, 5, 200, 210), clean(2, 10, 200, 210), new Level(4, 20, 200, 210, 1, 0)))
            .isEnough())
        .isTrue();
  }

  private static Level clean(int inFlight, double perSecond, long p50, long p95) {
    return new Level(inFlight, perSecond, p50, p95, 0, 0);
  }
}
