package io.gradelane.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SlotsTest {

  @Test
  void givesNoMoreThanItHas() {
    Slots slots = new Slots(2);
    assertThat(slots.take()).isEqualTo(OptionalInt.of(0));
    assertThat(slots.take()).isEqualTo(OptionalInt.of(1));
    assertThat(slots.take()).isEmpty();
  }

  @Test
  void restsASlotForAsLongAsItCan() {
    Slots slots = new Slots(3);
    slots.free(slots.take().orElseThrow());
    assertThat(slots.take()).isEqualTo(OptionalInt.of(1));
    assertThat(slots.take()).isEqualTo(OptionalInt.of(2));
    assertThat(slots.take()).isEqualTo(OptionalInt.of(0));
  }
}
