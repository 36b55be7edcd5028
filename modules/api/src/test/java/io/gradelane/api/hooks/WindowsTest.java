package io.gradelane.api.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowsTest {

  private static final HookAnswer ARRIVED = new HookAnswer(204, "", null);
  private static final HookAnswer BROKEN = new HookAnswer(500, "status 500", null);
  private static final HookAnswer SILENCE = HookAnswer.none("no answer");

  private final Windows windows = new Windows(32, 40);

  @Test
  void anEndpointThatTakesWhatComesSoonHasItsWholeWindow() {
    for (int round = 0; round < 3; round++) {
      fill("good", ARRIVED);
    }
    assertThat(room("good")).isEqualTo(32);
    assertThat(windows.room().inAll()).isEqualTo(40);
  }

  @Test
  void oneThatHangsHasOneAndTheOthersHaveTheRest() {
    fill("slow", SILENCE);
    assertThat(room("slow")).isEqualTo(1);
    windows.begin("slow");
    assertThat(room("slow")).isZero();
    assertThat(windows.room().each()).isEqualTo(Window.FIRST);
    assertThat(windows.room().inAll()).isEqualTo(39);

    windows.end("slow", ARRIVED);
    assertThat(room("slow")).isEqualTo(2);
  }

  @Test
  void oneThatAnswersButTakesNothingIsAskedHalfAsOften() {
    fill("good", ARRIVED);
    windows.begin("good");
    windows.end("good", BROKEN);
    assertThat(room("good")).isEqualTo(8);
  }

  @Test
  void moreAreWantedWhenHalfOfThemHaveEnded() {
    IntStream.range(0, 8).forEach(i -> windows.begin("good"));
    assertThat(windows.end("good", ARRIVED)).isFalse();
    assertThat(windows.end("good", ARRIVED)).isFalse();
    assertThat(windows.end("good", ARRIVED)).isTrue();
    assertThat(room("good")).isEqualTo(6);
  }

  private int room(String endpoint) {
    return windows.room().known().getOrDefault(endpoint, Window.FIRST);
  }

  private void fill(String endpoint, HookAnswer answer) {
    int count = room(endpoint);
    IntStream.range(0, count).forEach(i -> windows.begin(endpoint));
    IntStream.range(0, count).forEach(i -> windows.end(endpoint, answer));
  }
}
