package io.gradelane.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTextTest {

  @Test
  void leavesUtf8AsItIs() {
    assertThat(text("é€😀\u0000\u001b\u007f")).isEqualTo("é€😀\u0000\u001b\u007f");
  }

  @Test
  void rewritesAllOfATextThatIsNotUtf8() {
    assertThat(latin1("caf\u00e9 \u0000\u0007\t\r\n~\u007f"))
        .isEqualTo("caf\\xe9 \\x00\\x07\t\r\n~\\x7f");
  }

  @Test
  void oneCutCharacterRewritesTheOthersToo() {
    byte[] whole = "éé".getBytes(StandardCharsets.UTF_8);
    byte[] cut = java.util.Arrays.copyOf(whole, 3);
    assertThat(OutputText.of(cut)).isEqualTo("\\xc3\\xa9\\xc3");
  }

  @Test
  void refusesOverlongFormsAndSurrogates() {
    assertThat(latin1("\u00c0\u0080")).isEqualTo("\\xc0\\x80");
    assertThat(latin1("\u00ed\u00a0\u0080")).isEqualTo("\\xed\\xa0\\x80");
    assertThat(latin1("\u00f5\u0080\u0080\u0080")).isEqualTo("\\xf5\\x80\\x80\\x80");
  }

  private static String text(String text) {
    return OutputText.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String latin1(String text) {
    return OutputText.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
