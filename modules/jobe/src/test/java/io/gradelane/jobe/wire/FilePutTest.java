package io.gradelane.jobe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePutTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"aGk=\"|hi",
        "\"aGk\"|hi",
        "\"aG\\nk=\"|hi",
        "\"aGVs bG8=\"|hello",
        "\"\"|``",
        "\"YQ=\\n=\"|a"
      })
  void decodesAsPhpDoes(String contents, String text) {
    assertThat(put("{\"file_contents\":" + contents + "}"))
        .isEqualTo(new FilePut.Contents(Buffer.buffer(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"%%%\"",
        "\"-_-_\"",
        "5",
        "true",
        "\"a\"",
        "\"aGk==\"",
        "\"aGk=x\"",
        "\"=aGk\"",
        "\"YQ=\"",
        "\"====\"",
        "\"é\""
      })
  void refusesWhatIsNotBase64(String contents) {
    assertThat(put("{\"file_contents\":" + contents + "}"))
        .isEqualTo(new FilePut.Invalid(
            JobeAnswers.text(400, "put: contents of file abc are not valid base-64")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"file_contents\":null}", "[]", "5", "\"x\"", "null"})
  void missesTheContents(String body) {
    assertThat(put(body))
        .isEqualTo(
            new FilePut.Invalid(JobeAnswers.text(400, "put: missing file_contents parameter")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"file_contents\":[]}", "{\"file_contents\":{}}"})
  void answersAsAfterAFatalErrorWhenPhpWouldDie(String body) {
    assertThat(put(body)).isEqualTo(new FilePut.Invalid(JobeAnswers.fatal()));
  }

  @Test
  void readsWhatItWrote() {
    Buffer bytes = Buffer.buffer(new byte[] {0, 1, -1, -128, 127});
    assertThat(FilePut.read("abc", FilePut.body(bytes))).isEqualTo(new FilePut.Contents(bytes));
  }

  private static FilePut put(String body) {
    return FilePut.read("abc", Buffer.buffer(body));
  }
}
