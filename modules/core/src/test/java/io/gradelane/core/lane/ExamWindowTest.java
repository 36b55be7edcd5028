package io.gradelane.core.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradelane.core.lane.ExamWindow.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExamWindowTest {

  private static final Instant NINE = Instant.parse("2026-12-01T09:00:00Z");
  private static final Instant TEN = NINE.plusSeconds(3600);
  private static final Instant ELEVEN = TEN.plusSeconds(3600);

  private final ExamWindow early = new ExamWindow("early", NINE, ELEVEN, 24, Set.of("bulk"));
  private final ExamWindow late = new ExamWindow("late", TEN, ELEVEN, 8, Set.of("default"));

  @Test
  void asksForNothingBeforeItBeginsAndWhenItHasEnded() {
    assertThat(at(NINE.minusNanos(1))).isEqualTo(Effect.NONE);
    assertThat(at(ELEVEN)).isEqualTo(Effect.NONE);
  }

  @Test
  void beginsWithItsFirstMoment() {
    assertThat(at(NINE)).isEqualTo(new Effect(24, Set.of("bulk")));
  }

  @Test
  void severalTogetherAskForTheGreatestReserveAndPauseAllTheirLanes() {
    assertThat(at(TEN)).isEqualTo(new Effect(24, Set.of("bulk", "default")));
  }

  @Test
  void pausesOnlyTheLanesThatItNames() {
    assertThat(at(NINE).on(lane("bulk")).paused()).isTrue();
    assertThat(at(NINE).on(lane("exam")).paused()).isFalse();
  }

  @Test
  void mustEndAfterItBegins() {
    assertThatThrownBy(() -> new ExamWindow("wrong", TEN, TEN, 0, Set.of()))
        .hasMessageContaining("wrong")
        .hasMessageContaining("from before to");
  }

  private Effect at(Instant now) {
    return ExamWindow.effect(List.of(early, late), now);
  }

  private static LaneSpec lane(String name) {
    return new LaneSpec(name, true, 1, 0, LaneSpec.UNLIMITED, Duration.ofMinutes(1), 10, false);
  }
}
