package io.gradelane.jobe.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhpJsonTest {

  private static final String SYNTAX = "Syntax error";
  private static final String CONTROL = "Control character error, possibly incorrectly encoded";
  private static final String UTF8 = "Malformed UTF-8 characters, possibly incorrectly encoded";
  private static final String SURROGATE = "Single unpaired UTF-16 surrogate in unicode escape";
  private static final String MISMATCH = "State mismatch (invalid or malformed JSON)";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "",
        "  ",
        "[1,]",
        "[,1]",
        "[1",
        "[",
        "{",
        "01",
        "-",
        "- 1",
        "1.",
        "1e",
        "nul",
        "True",
        "NULL",
        "{\"a\":1 \"b\"}",
        "{1:2}",
        "{\"a\":1,}",
        "[1 2}",
        "[1,}",
        "[1:",
        "\"\\u00zz\"",
        "\"ab\\q\"",
        "\"\\",
        "\"\\u",
        "\u20ac",
        "\ufeff{}",
        "{} x",
        "{\"a\"}",
        "+1",
        "'a'"
      })
  void callsItASyntaxError(String text) {
    assertRefused(text.getBytes(StandardCharsets.UTF_8), SYNTAX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a",
        "{\"a\nb\":1}",
        "\"\u0001",
        "\"abc",
        "\u0000",
        "{}\u0000",
        "\"a\u001f\"",
        "1\u000b",
        "{\"a\"\u0001",
        "{\"run_spec\": {\"lang"
      })
  void callsAnUnfinishedStringAControlCharacterError(String text) {
    assertRefused(text.getBytes(StandardCharsets.UTF_8), CONTROL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud83d\"",
        "\"\\udc00\"",
        "\"\\ud83d\\u0041\"",
        "\"\\ud83dx",
        "\"\\ud83d\\u00zz\""
      })
  void refusesHalfASurrogatePair(String text) {
    assertRefused(text.getBytes(StandardCharsets.UTF_8), SURROGATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\u00ff\"",
        "[\u00ff]",
        "\u00c0\u0080",
        "\"\u00ed\u00a0\u0080\"",
        "[\"a\u00e2\u0082\"]"
      })
  void refusesBytesThatAreNotUtf8(String latin1) {
    assertRefused(latin1.getBytes(StandardCharsets.ISO_8859_1), UTF8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1}", "{]", "{\"a\":1]", "[[1}", "{\"a\":[}}", "{\"a\":1 ]", "[1,2}x"})
  void tellsTheWrongClosingBracket(String text) {
    assertRefused(text.getBytes(StandardCharsets.UTF_8), MISMATCH);
  }

  @Test
  void takes511BracketsAndNotOneMore() throws PhpJsonException {
    assertThat(PhpJson.parse(bytes("[".repeat(511) + "]".repeat(511))))
        .isInstanceOf(Json.Arr.class);
    assertRefused(bytes("[".repeat(512) + "]".repeat(512)), "Maximum stack depth exceeded");
    assertRefused(bytes("[".repeat(600)), "Maximum stack depth exceeded");
  }

  @Test
  void refusesAKeyThatBeginsWithNul() {
    assertRefused(bytes("{\"\\u0000a\":1}"), "The decoded property name is invalid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"b\":1,\"a\":2,\"b\":3}|{\"b\":3,\"a\":2}",
        "[1.0, 1e2,-0.0, 12345678901234567890]|[1.0,1e2,-0.0,12345678901234567890]",
        "{\"\":[{},[]]}|{\"\":[{},[]]}",
        "\"\\/\\u00e9\\ud83d\\ude00\\u0001\\n\\\"\\\\\"|\"\\/\\u00e9\\ud83d\\ude00\\u0001\\n\\\"\\\\\"",
        "{\"\\/\\u00e9\\n\":1}|{\"/é\\n\":1}",
        "[true,false,null]|[true,false,null]",
        "\"é€😀\"|\"é€😀\"",
      })
  void writesWhatItRead(String text, String expected) throws PhpJsonException {
    assertThat(PhpJson.copy(PhpJson.parse(bytes(text)), 0).toString()).isEqualTo(expected);
  }

  @Test
  void decodesEveryEscape() throws PhpJsonException {
    String escapes = "\\/\\u00e9\\u20AC\\ud83d\\ude00\\u0001\\u0000\\b\\f\\n\\r\\t\\\"\\\\";
    assertThat(PhpJson.parse(bytes("\"é" + escapes + "\"")))
        .isEqualTo(new Json.Str("é/é€😀\u0001\u0000\b\f\n\r\t\"\\"));
  }

  @Test
  void encodesAsJobeDoes() {
    assertThat(PhpJson.encode("/é😀\u0001\b\f\n\r\t\"\\\u2028\u2029"))
        .isEqualTo("\"/é😀\\u0001\\b\\f\\n\\r\\t\\\"\\\\\\u2028\\u2029\"");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefused(byte[] body, String message) {
    assertThatThrownBy(() -> PhpJson.parse(body))
        .isInstanceOf(PhpJsonException.class)
        .hasMessage(message);
  }
}
