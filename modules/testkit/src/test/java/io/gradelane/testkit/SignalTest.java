package io.gradelane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SignalTest {

  private final Signal<Integer> signal = new Signal<>("number");

  @Test
  void forgetsWhatWasEmittedBeforeItWasOpened() {
    signal.emit(1);
    signal.open().emit(2);
    assertThat(signal.await()).isEqualTo(2);
  }

  @Test
  void saysWhatItWaitedFor() {
    signal.open();
    assertThatThrownBy(() -> signal.await(Duration.ofMillis(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("number");
  }

  @Test
  void refusesToWaitWhenNobodyOpenedIt() {
    assertThatThrownBy(signal::await).isInstanceOf(IllegalStateException.class);
  }
}
