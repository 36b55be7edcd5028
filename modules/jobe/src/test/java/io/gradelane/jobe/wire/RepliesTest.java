package io.gradelane.jobe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.jobe.wire.Replies.Reply;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepliesTest {

  @Test
  void passesAResultOnWithItsBytes() {
    Buffer body = Buffer.buffer(
        "{ \"run_id\":null,\"outcome\":15,\"cmpinfo\":\"\",\"stdout\":\"\\u00e9\",\"stderr\":\"\"}");
    assertThat(classify(200, body))
        .isEqualTo(new Reply.Answer(new RunResult(null, 15, "", "é", ""), body));
  }

  @Test
  void knowsRefusalsAndMissingFiles() {
    assertThat(classify(200, body(JobeAnswers.overload()))).isEqualTo(new Reply.Refused());
    assertThat(classify(429, Buffer.buffer("Max RUN rate"))).isEqualTo(new Reply.Refused());
    assertThat(classify(404, body(JobeAnswers.missingFiles()))).isEqualTo(new Reply.MissingFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400|\"Language 'x' is not known\"",
        "500|\"Server exception (Undefined property: stdClass::$run_spec)\"",
        "500|\"Server exception (array_merge(): Argument #2 must be of type array, string given)\"",
      })
  void leavesTheClientItsMistakes(int status, String text) {
    Buffer body = Buffer.buffer(text);
    assertThat(classify(status, body))
        .isEqualTo(new Reply.ClientMistake(new JobeAnswer(status, JobeAnswers.JSON, body)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200|``",
        "200|[]",
        "200|<html>",
        "200|{}",
        "200|{\"outcome\":null}",
        "500|\"\"",
        "500|``",
        "500|<html>oops</html>",
        "502|x",
        "503|x",
        "504|x",
        "404|\"\"",
        "404|<html>",
        "301|x",
        "500|\"Server exception (file_put_contents(): Write of 5 bytes failed with errno=28 No space left on device)\"",
      })
  void countsTheRestAsLost(int status, String text) {
    assertThat(classify(status, Buffer.buffer(text))).isInstanceOf(Reply.Lost.class);
  }

  @Test
  void tellsARefusedKey() {
    assertThat(classify(403, body(JobeAnswers.unknownKey()))).isEqualTo(new Reply.Denied(403));
    assertThat(classify(401, Buffer.buffer())).isEqualTo(new Reply.Denied(401));
  }

  private static Reply classify(int status, Buffer body) {
    return Replies.classify(status, JobeAnswers.JSON, body);
  }

  private static Buffer body(JobeAnswer answer) {
    return Objects.requireNonNull(answer.body());
  }
}
