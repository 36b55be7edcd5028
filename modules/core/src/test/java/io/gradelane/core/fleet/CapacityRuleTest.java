package io.gradelane.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradelane.core.fleet.CapacityRule.Calendar;
import io.gradelane.core.fleet.CapacityRule.Forecast;
import io.gradelane.core.fleet.CapacityRule.Linear;
import io.gradelane.core.fleet.CapacityRule.Sqrt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CapacityRuleTest {

  private static final Instant NOW = Instant.parse("2026-01-01T08:00:00Z");
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "1, 0, 3", "6, 4, 17", "40, 60, 120", "900, 100, 1064"})
  void sqrtAddsTwiceTheRoot(int busy, int waiting, int slots) {
    assertThat(new Sqrt().wish(of(new Load(busy, waiting))).slots()).isEqualTo(slots);
  }

  @ParameterizedTest
  @CsvSource({"0, 1.3, 0", "10, 1.3, 13", "100, 1.3, 130", "7, 1.5, 11"})
  void linearMultiplies(int busy, double factor, int slots) {
    assertThat(new Linear(factor).wish(of(new Load(busy, 0))).slots()).isEqualTo(slots);
  }

  @Test
  void theCalendarWantsSlotsFromTheLeadToTheEnd() {
    Exam exam = new Exam("midterm", NOW, NOW.plusSeconds(3600), 200);

    assertThat(calendarAt(NOW.minusSeconds(601), exam)).isZero();
    assertThat(calendarAt(NOW.minusSeconds(600), exam)).isEqualTo(20);
    assertThat(calendarAt(NOW.plusSeconds(3599), exam)).isEqualTo(20);
    assertThat(calendarAt(NOW.plusSeconds(3600), exam)).isZero();
  }

  @Test
  void examsAtTheSameTimeAddUp() {
    Exam one = new Exam("one", NOW, NOW.plusSeconds(3600), 200);
    Exam other = new Exam("other", NOW.plusSeconds(1800), NOW.plusSeconds(5400), 101);

    assertThat(calendarAt(NOW.plusSeconds(1800), one, other)).isEqualTo(31);
  }

  @Test
  void theForecastWantsWhatIsDueDoneInTime() {
    QueuedBatch due = new QueuedBatch("b1", Duration.ofHours(3), NOW.minusSeconds(1));
    QueuedBatch soon = new QueuedBatch("b2", Duration.ofMinutes(61), NOW.plus(TEN_MINUTES));
    QueuedBatch later =
        new QueuedBatch("b3", Duration.ofHours(9), NOW.plus(TEN_MINUTES).plusSeconds(1));
    Load load = new Load(0, 0, Duration.ZERO, List.of(due, soon, later));

    Wish wish = new Forecast(Duration.ofHours(1), TEN_MINUTES).wish(of(load));

    assertThat(wish.slots()).isEqualTo(5);
    assertThat(wish.words()).isEqualTo("2 batches of 4 h in all, to end within 60 min");
  }

  @Test
  void withoutALoadOnlyTheCalendarKnowsAWish() {
    Outlook outlook = new Outlook(NOW, Optional.empty(), List.of());

    assertThat(new Sqrt().wish(outlook).knows()).isFalse();
    assertThat(new Linear(2).wish(outlook).knows()).isFalse();
    assertThat(new Forecast(TEN_MINUTES, TEN_MINUTES).wish(outlook).knows()).isFalse();
    assertThat(new Calendar(TEN_MINUTES, 0.1).wish(outlook).knows()).isTrue();
  }

  @Test
  void impossibleRulesAreRefusedWithTheirValues() {
    assertThatThrownBy(() -> new Linear(0.5)).hasMessage("factor 0.5 (expected: 1 to 100)");
    assertThatThrownBy(() -> new Calendar(TEN_MINUTES, 0))
        .hasMessageContaining("slots per student 0.0");
    assertThatThrownBy(() -> new Forecast(Duration.ZERO, TEN_MINUTES))
        .hasMessageContaining("within PT0S");
    assertThatThrownBy(() -> new Exam("x", NOW, NOW, 1)).hasMessageContaining("start before end");
  }

  private static int calendarAt(Instant now, Exam... exams) {
    return new Calendar(TEN_MINUTES, 0.1)
        .wish(new Outlook(now, Optional.of(new Load(0, 0)), List.of(exams)))
        .slots();
  }

  private static Outlook of(Load load) {
    return new Outlook(NOW, Optional.of(load), List.of());
  }
}
