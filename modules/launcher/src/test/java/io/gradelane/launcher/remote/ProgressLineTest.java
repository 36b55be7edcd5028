package io.gradelane.launcher.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {

  private static final Counts HALF = new Counts(5000, 2500, 0, 0);

  @Test
  void aWideTerminalShowsEverything() {
    String line = new ProgressLine(100, true, false).render("hw3 again", HALF, 312.4, null);

    assertThat(line).startsWith("hw3 again  ████").contains("░   50 %  2500/5000  312/s  8 s left");
  }

  @Test
  void withoutUnicodeTheBarIsAscii() {
    String line = new ProgressLine(80, false, false).render("Übung", HALF, 0, null);

    assertThat(line).startsWith("?bung  [###").contains("...]").endsWith("waiting");
    assertThat(line.chars()).allMatch(c -> c >= ' ' && c <= '~');
  }

  @Test
  void noLineIsLongerThanItsTerminal() {
    Counts troubled = new Counts(100_000, 50_000, 1_000, 200);
    IntStream.rangeClosed(12, 200).forEach(columns -> {
      for (boolean unicode : new boolean[] {true, false}) {
        ProgressLine line = new ProgressLine(columns, unicode, false);
        assertThat(line.render("a name that goes on and on and on", troubled, 3, null))
            .hasSizeLessThan(columns)
            .contains("51 %");
        assertThat(line.render("b", troubled, 0, "paused: more than 5 % are dead or were lost"))
            .hasSizeLessThan(columns);
      }
    });
  }

  @Test
  void colourIsNotCountedIntoTheWidth() {
    String plain = new ProgressLine(60, true, false).render("a", HALF, 1, null);
    String coloured = new ProgressLine(60, true, true).render("a", HALF, 1, null);

    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
    assertThat(coloured).contains("\u001b[32m");
    assertThat(new ProgressLine(60, true, true).render("a", new Counts(2, 0, 1, 0), 1, null))
        .contains("\u001b[33m");
  }

  @ParameterizedTest
  @CsvSource({"312.4, 312/s", "3.14, 3.1/s", "0.5, 30/min", "0.001, 1/min"})
  void ratesAreReadable(double perSecond, String words) {
    assertThat(ProgressLine.rate(perSecond)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"8, 8 s", "300, 5 min", "7260, 2 h 01 min"})
  void timesAreReadable(long seconds, String words) {
    assertThat(ProgressLine.time(seconds)).isEqualTo(words);
  }

  @Test
  void thePaceIsThatOfTheLastSeconds() {
    Pace pace = new Pace();
    assertThat(pace.perSecond(0)).isZero();
    for (int second = 0; second <= 60; second++) {
      pace.add(second * 1_000_000_000L, second < 30 ? second * 100 : 3_000 + second);
    }
    assertThat(pace.perSecond(60_000_000_000L)).isBetween(0.9, 1.1);
  }
}
