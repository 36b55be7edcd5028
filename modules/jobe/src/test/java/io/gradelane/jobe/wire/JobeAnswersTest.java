package io.gradelane.jobe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JobeAnswersTest {

  @Test
  void writesTheOverloadAnswer() {
    assertThat(body(JobeAnswers.overload()))
        .isEqualTo(
            "{\"run_id\":\"0\",\"outcome\":21,\"cmpinfo\":\"\",\"stdout\":\"\",\"stderr\":\"\"}");
    assertThat(JobeAnswers.overload().status()).isEqualTo(200);
  }

  @Test
  void writesResultsWithPlainUnicodeAndSlashes() {
    var result = new RunResult(null, 15, "", "é/😀\u0000\u001b\"\\\n", "\u2028");
    assertThat(body(JobeAnswers.result(result)))
        .isEqualTo(
            "{\"run_id\":null,\"outcome\":15,\"cmpinfo\":\"\",\"stdout\":\"é/😀\\u0000\\u001b\\\"\\\\\\n\",\"stderr\":\"\\u2028\"}");
  }

  @Test
  void listsLanguagesInOrder() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("c", "12.2.0");
    versions.put("python3", "3.11.2");
    assertThat(body(JobeAnswers.languages(versions)))
        .isEqualTo("[[\"c\",\"12.2.0\"],[\"python3\",\"3.11.2\"]]");
  }

  @Test
  void quotesErrorsAsJsonStrings() {
    assertThat(body(JobeAnswers.missingFiles()))
        .isEqualTo("\"One or more of the specified files is missing/unavailable\"");
    assertThat(body(JobeAnswers.notFound(false))).isEqualTo("\"\"");
    assertThat(body(JobeAnswers.filesPostRefused()))
        .isEqualTo("\"file_post: not implemented on this server\"");
    assertThat(body(JobeAnswers.serverException("a\\b")))
        .isEqualTo("\"Server exception (a\\\\b)\"");
  }

  @Test
  void leavesKeyErrorsUnquoted() {
    assertThat(body(JobeAnswers.missingKey())).isEqualTo("Missing API key");
    assertThat(JobeAnswers.unknownKey().contentType()).startsWith("text/html");
  }

  private static String body(JobeAnswer answer) {
    return Objects.requireNonNull(answer.body()).toString();
  }
}
