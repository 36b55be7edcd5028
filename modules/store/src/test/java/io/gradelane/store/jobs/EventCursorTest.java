package io.gradelane.store.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCursorTest {

  @Test
  void isReadBackFromItsText() {
    EventCursor cursor = new EventCursor(Map.of(12L, 7L, 3L, 40L));

    assertThat(cursor).hasToString("3-40.12-7");
    assertThat(EventCursor.parse(cursor.toString())).isEqualTo(cursor);
    assertThat(EventCursor.parse("")).isEqualTo(EventCursor.START);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "3-", "3-4.", "-3-4", "a-b", "3-9999999999999999999"})
  void whatIsNoneIsRefusedAndShown(String text) {
    assertThatThrownBy(() -> EventCursor.parse(text)).hasMessageContaining("'" + text + "'");
  }
}
