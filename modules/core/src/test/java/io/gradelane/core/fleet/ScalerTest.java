package io.gradelane.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.FleetRules.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ScalerTest {

  private static final Instant START = Instant.parse("2026-01-01T08:00:00Z");
  private static final Duration HOLD = Duration.ofMinutes(5);
  private static final FleetRules RULES = new FleetRules(
      Scaling.AUTO,
      2,
      10,
      8,
      List.of(new CapacityRule.Linear(1), new CapacityRule.Sqrt()),
      HOLD,
      20,
      Times.USUAL);

  private final Scaler scaler = new Scaler(RULES);
  private Desires desires = Desires.NONE;

  @Test
  void theHighestWishOverTheSlotsOfAHostRoundedUp() {
    ScaleDecision decision = decide(0, 36);

    assertThat(decision.slots()).isEqualTo(48);
    assertThat(decision.target()).isEqualTo(6);
    assertThat(decision.wishes()).extracting(Wish::rule).containsExactly("sqrt", "linear");
  }

  @Test
  void theTargetStaysBetweenMinAndMax() {
    assertThat(decide(0, 0).target()).isEqualTo(2);
    assertThat(decide(10, 5_000).target()).isEqualTo(10);
    assertThat(decide(20, 5_000).raw()).isGreaterThan(600);
  }

  @Test
  void moreAtOnceAndFewerWhenNobodyHasWantedMoreForTheHold() {
    decide(0, 0);
    assertThat(decide(10, 36).target()).isEqualTo(6);
    assertThat(decide(20, 0).target()).isEqualTo(6);
    assertThat(decide(310, 0).target()).isEqualTo(6);
    assertThat(decide(311, 0).target()).isEqualTo(2);
  }

  @Test
  void holdingDoesNotFeedOnItself() {
    for (int second = 0; second <= 3600; second += 10) {
      decide(second, second == 0 ? 36 : 0);
    }

    assertThat(decide(3610, 0).held()).isZero();
  }

  @Test
  void nothingShrinksBeforeTheWholeHoldIsKnown() {
    assertThat(decide(0, 0).mayShrink()).isFalse();
    assertThat(decide(299, 0).mayShrink()).isFalse();
    assertThat(decide(300, 0).mayShrink()).isTrue();
  }

  @Test
  void whileTheLoadIsNotKnownTheLastThatWasCountsAndNothingShrinks() {
    decide(0, 36);
    for (int second = 10; second <= 600; second += 10) {
      assertThat(decide(second, null).target()).isEqualTo(6);
    }

    ScaleDecision unknown = decide(610, null);
    assertThat(unknown.mayShrink()).isFalse();
    assertThat(unknown.why()).contains("sqrt: no wish (the load is not known).");
    assertThat(decide(620, 0).target()).isEqualTo(6);
    assertThat(decide(911, 0).target()).isEqualTo(2);
  }

  @Test
  void theDecisionSaysWhyInWords() {
    decide(0, 36);

    assertThat(decide(30, 1).why())
        .isEqualTo(
            "6 hosts wanted. sqrt: 3 slots (1 busy and 0 waiting runs and twice the root of that)."
                + " linear: 1 slots (1 busy and 0 waiting runs times 1.0). The highest, at 8 slots a host, is"
                + " 1 host. Held at 6 until 2026-01-01T08:05:00Z, because 6 were wanted 30 s ago.");
    assertThat(decide(400, 1).why()).endsWith("is 1 host. Kept between 2 and 10.");
  }

  @Test
  void onlyWhatMayStillBeTheGreatestIsRemembered() {
    for (int second = 0; second < 3000; second++) {
      decide(second, (second * 7919) % 500);
    }

    assertThat(desires.greatest()).hasSizeLessThan(30);
  }

  private ScaleDecision decide(int second, @Nullable Integer busy) {
    Optional<Load> load = Optional.ofNullable(busy).map(runs -> new Load(runs, 0));
    Outlook outlook = new Outlook(START.plusSeconds(second), load, List.of());
    desires = scaler.remember(outlook, desires);
    return scaler.decide(outlook, desires);
  }
}
