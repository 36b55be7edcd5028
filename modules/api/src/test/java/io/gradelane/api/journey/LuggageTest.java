package io.gradelane.api.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LuggageTest {

  private final Luggage luggage = new Luggage(100);

  @Test
  void runsAreTakenInAsLongAsThereIsRoom() {
    assertThat(luggage.take(60)).isTrue();
    assertThat(luggage.take(41)).isFalse();
    assertThat(luggage.take(40)).isTrue();
    luggage.putDown(60);
    assertThat(luggage.take(60)).isTrue();
  }

  @Test
  void aRunThatIsTooLargeForAllOthersStillFindsRoomAlone() {
    assertThat(luggage.take(500)).isTrue();
    assertThat(luggage.take(1)).isFalse();
    luggage.putDown(500);
    assertThat(luggage.take(1)).isTrue();
  }
}
