package io.gradelane.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchControlTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final BatchControl control = BatchControl.in("bulk");

  @Test
  void everyJobMayStartAtOnce() {
    assertThat(control.mayStart(1, NOW)).isTrue();
    assertThat(control.mayStart(BatchId.MAX_JOBS, NOW)).isTrue();
  }

  @Test
  void nothingStartsWhilePausedOrAfterCancelling() {
    assertThat(control.pause("by ada").mayStart(1, NOW)).isFalse();
    assertThat(control.pause("by ada").resume().mayStart(1, NOW)).isTrue();
    assertThat(control.cancel().mayStart(1, NOW)).isFalse();
  }

  @Test
  void theSampleGoesFirstAndTheRestWaits() {
    BatchControl sampled = control.sample(50);

    assertThat(sampled.mayStart(50, NOW)).isTrue();
    assertThat(sampled.mayStart(51, NOW)).isFalse();
    assertThat(sampled.runAll().mayStart(51, NOW)).isTrue();
    assertThat(sampled.sampleHasEnded(new Progress(100, 49, 0, 0, 0))).isFalse();
    assertThat(sampled.sampleHasEnded(new Progress(100, 48, 2, 0, 0))).isTrue();
    assertThat(sampled.sampleHasEnded(new Progress(50, 50, 0, 0, 0))).isFalse();
  }

  @Test
  void nothingStartsBeforeItsTime() {
    BatchControl later = control.startAt(NOW);

    assertThat(later.mayStart(1, NOW.minusMillis(1))).isFalse();
    assertThat(later.mayStart(1, NOW)).isTrue();
  }

  @Test
  void everyChangeCounts() {
    BatchControl changed =
        control.pause("by ada").resume().toLane("exam").withPriority(3).withStop(new StopRule(5));

    assertThat(changed)
        .isEqualTo(
            new BatchControl("exam", 3, null, BatchControl.ALL, null, new StopRule(5), false, 6));
  }

  @Test
  void aCancelledBatchStaysSo() {
    BatchControl cancelled = control.cancel();

    assertThatThrownBy(cancelled::resume).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(cancelled::cancel).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> cancelled.withStop(null)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "95, 5, 0, false", // exactly 5 % is what may be
    "94, 6, 0, true",
    "94, 3, 3, true",
    "18, 1, 0, false", // too few to say anything
    "18, 2, 0, true",
    "0, 0, 0, false"
  })
  void theStopRulePausesABatchThatGoesWrong(int finished, int dead, int lost, boolean stops) {
    BatchControl ruled = control.withStop(new StopRule(5));
    BatchControl after = ruled.after(new Progress(1000, finished, dead, 0, lost));

    assertThat(after.paused() != null).isEqualTo(stops);
    assertThat(after.version()).isEqualTo(ruled.version() + (stops ? 1 : 0));
  }

  @Test
  void aBatchThatIsPausedAlreadyIsNotPausedAgain() {
    BatchControl paused = control.withStop(new StopRule(5)).pause("by ada");
    assertThat(paused.after(new Progress(1000, 0, 100, 0, 0))).isSameAs(paused);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 100})
  void aStopRuleIsAPercentage(int percent) {
    assertThatThrownBy(() -> new StopRule(percent)).hasMessageContaining(percent + " %");
  }

  @Test
  void progressKnowsWhatIsLeft() {
    Progress progress = new Progress(10, 5, 1, 1, 40);

    assertThat(progress.ended()).isEqualTo(7);
    assertThat(progress.left()).isEqualTo(3);
    assertThat(progress.isComplete()).isFalse();
    assertThat(Progress.NONE.isComplete()).isTrue();
  }
}
