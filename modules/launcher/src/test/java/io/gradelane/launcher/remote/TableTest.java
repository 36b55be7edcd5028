package io.gradelane.launcher.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void aLongOrSecondLineIsCut() {
    assertThat(Table.brief("  42\n", 5)).isEqualTo("42");
    assertThat(Table.brief("12345", 5)).isEqualTo("12345");
    assertThat(Table.brief("123456", 5)).isEqualTo("12...");
    assertThat(Table.brief("1\n2", 5)).isEqualTo("1...");
    assertThat(Table.brief("", 5)).isEmpty();
  }

  @Test
  void whatWouldMoveTheCursorOfATerminalIsNotPrinted() {
    assertThat(Table.brief("\u001b[1A\u001b[2Kanna  finished", 40))
        .isEqualTo("?[1A?[2Kanna  finished");
  }
}
