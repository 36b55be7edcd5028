package io.gradelane.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.Forecast.Part;
import io.gradelane.core.job.Forecast.Room;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {

  @Test
  void allSlotsAreBusyToTheEnd() {
    Forecast forecast = Forecast.of(List.of(new Part("c", 1000, 200, 40)), new Room(10, 0));

    assertThat(forecast.runs()).isEqualTo(1000);
    assertThat(forecast.slotMillis()).isEqualTo(200_000);
    assertThat(forecast.waitMillis()).isZero();
    assertThat(forecast.lastMillis()).isEqualTo(20_000);
    assertThat(forecast.nextSlotMillis()).isEqualTo(20);
  }

  @Test
  void whatIsAheadGoesFirst() {
    Forecast forecast = Forecast.of(List.of(new Part("c", 10, 100, 4)), new Room(4, 10_000));

    assertThat(forecast.waitMillis()).isEqualTo(2_500);
    assertThat(forecast.lastMillis()).isEqualTo(250);
  }

  @Test
  void aLanguageThatFewServersHaveTakesAsLongAsTheyNeed() {
    Forecast forecast = Forecast.of(
        List.of(new Part("c", 100, 100, 40), new Part("matlab", 100, 1000, 2)), new Room(10, 0));

    assertThat(forecast.lastMillis()).isEqualTo(50_000);
  }

  @Test
  void oneRunTakesItsTimeOnHoweverManySlots() {
    assertThat(
            Forecast.of(List.of(new Part("c", 1, 3_000, 40)), new Room(40, 0)).lastMillis())
        .isEqualTo(3_000);
  }

  @Test
  void whatNoServerHasIsCountedApart() {
    Forecast forecast = Forecast.of(
        List.of(new Part("c", 10, 100, 4), new Part("klingon", 7, 100, 0)), new Room(4, 0));

    assertThat(forecast.runs()).isEqualTo(10);
    assertThat(forecast.unrunnable()).isEqualTo(7);
    assertThat(forecast.slotMillis()).isEqualTo(1_000);
  }

  @Test
  void withoutASlotItNeverEnds() {
    Forecast forecast = Forecast.of(List.of(new Part("c", 10, 100, 4)), new Room(0, 0));

    assertThat(forecast.lastMillis()).isEqualTo(Forecast.NEVER);
    assertThat(forecast.waitMillis()).isEqualTo(Forecast.NEVER);
  }

  @Test
  void nothingTakesNoTime() {
    assertThat(Forecast.of(List.of(), new Room(4, 0))).isEqualTo(new Forecast(0, 0, 0, 0, 0, 0));
  }
}
