package io.gradelane.api.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

  private static final byte[] TEXT = "{\"name\":\"ü\"}\n\n  \r\n{\"ref\":\"a\"}\r\n{\"ref\":\"b\"}"
      .getBytes(StandardCharsets.UTF_8);

  @Test
  void linesAreTheSameWhereverTheBlocksEnd() {
    for (int length = 1; length <= TEXT.length; length++) {
      Lines lines = new Lines(100);
      assertThat(cut(lines, TEXT, length))
          .as("blocks of %d", length)
          .containsExactly("{\"name\":\"ü\"}", "{\"ref\":\"a\"}\r", "{\"ref\":\"b\"}");
      assertThat(lines.number()).isEqualTo(5);
    }
  }

  @Test
  void nothingStandsBehindTheLastEndOfALine() {
    assertThat(cut(new Lines(100), "a\n".getBytes(StandardCharsets.UTF_8), 1)).containsExactly("a");
  }

  @Test
  void aLineThatIsTooLongIsSaidWithItsNumberBeforeItsEndHasCome() {
    Lines lines = new Lines(3);

    assertThatThrownBy(() -> cut(lines, "abc\nabcd".getBytes(StandardCharsets.UTF_8), 1))
        .isInstanceOf(Unfit.class)
        .hasMessage("line 2: longer than 3 bytes");
  }

  private static List<String> cut(Lines lines, byte[] text, int length) {
    List<String> all = new ArrayList<>();
    for (int from = 0; from < text.length; from += length) {
      byte[] block = Arrays.copyOfRange(text, from, Math.min(text.length, from + length));
      lines.add(block, block.length);
      for (Buffer line = lines.next(); line != null; line = lines.next()) {
        all.add(line.toString());
      }
    }
    Buffer last = lines.last();
    if (last != null) {
      all.add(last.toString());
    }
    return all;
  }
}
