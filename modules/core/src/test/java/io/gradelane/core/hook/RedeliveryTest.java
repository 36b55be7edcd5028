package io.gradelane.core.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.hook.Redelivery.Again;
import io.gradelane.core.hook.Redelivery.Arrived;
import io.gradelane.core.hook.Redelivery.Unwanted;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedeliveryTest {

  private static final Redelivery POLICY = Redelivery.DEFAULT;

  @Test
  void twoHundredsHaveArrivedAnd410IsTheEnd() {
    assertThat(POLICY.after(200, 1, null, 0)).isEqualTo(new Arrived());
    assertThat(POLICY.after(204, 9, null, 0)).isEqualTo(new Arrived());
    assertThat(POLICY.after(410, 1, Duration.ofSeconds(5), 0)).isEqualTo(new Unwanted());
  }

  @Test
  void allElseIsTriedAgainLaterAndLater() {
    assertThat(POLICY.after(0, 1, null, 1)).isEqualTo(new Again(Duration.ofSeconds(5)));
    assertThat(POLICY.after(301, 2, null, 1)).isEqualTo(new Again(Duration.ofSeconds(10)));
    assertThat(POLICY.after(404, 3, null, 1)).isEqualTo(new Again(Duration.ofSeconds(20)));
    assertThat(POLICY.after(500, 3, null, 0)).isEqualTo(new Again(Duration.ofSeconds(10)));
    assertThat(POLICY.after(500, 100, null, 1)).isEqualTo(new Again(Duration.ofHours(1)));
  }

  @Test
  void whoAsksForALongerPauseGetsItWithinReason() {
    assertThat(POLICY.after(429, 1, Duration.ofMinutes(3), 1))
        .isEqualTo(new Again(Duration.ofMinutes(3)));
    assertThat(POLICY.after(503, 1, Duration.ofSeconds(1), 1))
        .isEqualTo(new Again(Duration.ofSeconds(5)));
    assertThat(POLICY.after(503, 1, Duration.ofDays(9), 1))
        .isEqualTo(new Again(Duration.ofHours(6)));
  }
}
