package io.gradelane.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradelane.core.job.AttemptEnding.Dropped;
import io.gradelane.core.job.AttemptEnding.Lost;
import io.gradelane.core.job.AttemptEnding.Ran;
import io.gradelane.core.job.AttemptEnding.Refused;
import io.gradelane.core.job.AttemptEnding.Rejected;
import io.gradelane.core.job.AttemptEnding.Vanished;
import io.gradelane.core.job.JobState.Cancelled;
import io.gradelane.core.job.JobState.Dead;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.core.job.JobState.Running;
import io.gradelane.core.job.JobState.Waiting;
import io.gradelane.core.job.RetryPolicy.Again;
import io.gradelane.core.job.RetryPolicy.Over;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

  private final RetryPolicy policy =
      new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(10));
  private final Running first = Waiting.NEW.claim(7, "s1");

  @Test
  void whatAServerRanIsFinishedWhateverTheProgramDid() {
    assertThat(policy.after(first, new Ran(11), 0)).isEqualTo(new Over(new Finished(1, 11)));
  }

  @Test
  void whatWasRefusedGoesElsewhereAndCostsNoStrike() {
    assertThat(policy.after(first, new Refused(), 1))
        .isEqualTo(new Again(new Waiting(1, 0, "s1"), Duration.ofSeconds(1)));
  }

  @Test
  void refusalsAloneNeverKillAJob() {
    Waiting waiting = Waiting.NEW;
    for (int i = 0; i < 100; i++) {
      Again again = (Again) policy.after(waiting.claim(7, "s1"), new Refused(), 1);
      waiting = again.state();
    }
    assertThat(waiting).isEqualTo(new Waiting(100, 0, "s1"));
  }

  @Test
  void theThirdVanishingIsTheLast() {
    Again once = (Again) policy.after(first, new Lost("reset"), 0);
    Again twice = (Again) policy.after(once.state().claim(8, "s2"), new Vanished(), 0);

    assertThat(twice.state().strikes()).isEqualTo(2);
    assertThat(policy.after(twice.state().claim(9, "s3"), new Lost("reset"), 0))
        .isEqualTo(new Over(new Dead(3, "reset, for the 3. time")));
  }

  @Test
  void whatCanNotBeRunIsDeadAtOnce() {
    assertThat(policy.after(first, new Rejected("no language"), 0))
        .isEqualTo(new Over(new Dead(1, "no language")));
  }

  @Test
  void whatComesForACancelledBatchIsDropped() {
    assertThat(policy.after(first, new Dropped(), 0)).isEqualTo(new Over(new Cancelled(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 500",
    "0, 1, 1000",
    "1, 0, 1000",
    "2, 1, 4000",
    "3, 1, 8000",
    "4, 1, 10000",
    "40, 0.5, 7500"
  })
  void pausesDoubleUpToTheLongestAndAreSpread(int before, double jitter, long millis) {
    Running running = new Waiting(before, 0, null).claim(7, "s1");
    Again again = (Again) policy.after(running, new Refused(), jitter);
    assertThat(again.pause()).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void aDeadJobThatIsDrivenAgainStartsWithoutStrikes() {
    assertThat(new Dead(3, "gone").redrive()).isEqualTo(new Waiting(3, 0, null));
  }

  @Test
  void nonsenseIsRefusedWithItsValues() {
    assertThatThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessageContaining("strikes 0")
        .hasMessageContaining("PT0S");
  }
}
