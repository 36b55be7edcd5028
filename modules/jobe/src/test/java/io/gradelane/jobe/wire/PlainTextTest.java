package io.gradelane.jobe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

  private static final int LONGEST = 26;

  @Test
  void endsAtTheFirstByteThatIsNotPlainWhateverItIsAndWhereverItStands() {
    byte[] bytes = new byte[LONGEST];
    for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
      for (int place = 0; place < LONGEST; place++) {
        Arrays.fill(bytes, (byte) '!');
        bytes[place] = (byte) value;
        int end = isPlain(value) ? LONGEST : place;
        assertThat(PlainText.end(bytes, 0)).as("%d at %d", value, place).isEqualTo(end);
      }
    }
  }

  @Test
  void whatStandsBeforeAndBehindDoesNotMatter() {
    Random random = new Random(7);
    byte[] bytes = new byte[LONGEST];
    for (int i = 0; i < 100_000; i++) {
      random.nextBytes(bytes);
      for (int at = 0; at < LONGEST; at++) {
        bytes[at] = random.nextInt(8) == 0 ? bytes[at] : (byte) ('A' + random.nextInt(26));
      }
      int from = random.nextInt(LONGEST + 1);
      assertThat(PlainText.end(bytes, from)).isEqualTo(endByBytes(bytes, from));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "run_spec, true",
    "'', true",
    "a b~, true",
    "a\"b, false",
    "a\\b, false",
    "\u00e9, false"
  })
  void textIsPlainOrNot(String text, boolean plain) {
    assertThat(PlainText.is(text)).isEqualTo(plain);
  }

  private static int endByBytes(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && isPlain(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isPlain(int value) {
    return value >= 0x20 && value < 0x80 && value != 0x22 && value != 0x5c;
  }
}
