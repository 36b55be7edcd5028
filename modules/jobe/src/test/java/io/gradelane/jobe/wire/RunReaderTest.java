package io.gradelane.jobe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunReaderTest {

  private static final Set<String> LANGUAGES = Set.of("c", "python3");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "NONE",
      value = {
        "``|400|Non-JSON post data received",
        "[]|400|Non-JSON post data received",
        "null|400|Non-JSON post data received",
        "hello|500|Server exception (Failed to parse JSON string. Error: Syntax error)",
        "{}|500|Server exception (Undefined property: stdClass::$run_spec)",
        "{\"run_spec\":null}|400|No run_spec attribute found in post data",
        "{\"run_spec\":\"x\"}|400|No run_spec attribute found in post data",
        "{\"run_spec\":{}}|400|run_spec is missing the required attribute 'sourcecode'",
        "{\"run_spec\":{\"sourcecode\":null}}|400|run_spec is missing the required attribute 'sourcecode'",
        "{\"run_spec\":{\"sourcecode\":\"\"}}|400|run_spec is missing the required attribute 'language_id'",
        "{\"run_spec\":{\"sourcecode\":[1]}}|500|Server exception (Cannot assign array to property Jobe\\RunSpecifier::$sourcecode of type string)",
        "{\"run_spec\":{\"sourcecode\":{}}}|500|Server exception (Cannot assign stdClass to property Jobe\\RunSpecifier::$sourcecode of type string)",
        "{\"run_spec\":{\"sourcecode\":1,\"language_id\":3}}|400|Language '3' is not known",
        "{\"run_spec\":{\"sourcecode\":1,\"language_id\":\"KLINGON\"}}|400|Language 'klingon' is not known",
      })
  void refusesWhatIsNoSpec(String body, int status, String text) {
    assertThat(invalid(body)).isEqualTo(JobeAnswers.text(status, text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"input\":[1]|500|Server exception (Cannot assign array to property Jobe\\RunSpecifier::$input of type string)",
        "\"debug\":[]|500|Server exception (Cannot assign array to property Jobe\\RunSpecifier::$debug of type bool)",
        "\"parameters\":{\"cputime\":121}|400|cputime exceeds maximum allowed on this Jobe server (120 secs)",
        "\"parameters\":{\"cputime\":\"1e3\"}|400|cputime exceeds maximum allowed on this Jobe server (120 secs)",
        "\"parameters\":{\"cputime\":\"122x\"}|400|cputime exceeds maximum allowed on this Jobe server (120 secs)",
        "\"parameters\":{\"cputime\":{}}|500|Server exception (Object of class stdClass could not be converted to int)",
        "\"sourcefilename\":\"../x\"|400|The sourcefilename for the run_spec is illegal",
        "\"sourcefilename\":\"a;b\"|400|The sourcefilename for the run_spec is illegal",
        "\"sourcefilename\":\"-x\"|400|The sourcefilename for the run_spec is illegal",
        "\"sourcefilename\":\"à.py\"|400|The sourcefilename for the run_spec is illegal",
        "\"sourcefilename\":5|400|The sourcefilename for the run_spec is illegal",
        "\"sourcefilename\":[]|500|Server exception (ltrim(): Argument #1 ($string) must be of type string, array given)",
        "\"file_list\":\"x\"|500|Server exception (foreach() argument must be of type array¦object, string given)",
        "\"file_list\":5|500|Server exception (foreach() argument must be of type array¦object, int given)",
        "\"file_list\":[\"12345678\"]|500|Server exception (count(): Argument #1 ($value) must be of type Countable¦array, string given)",
        "\"file_list\":[{}]|500|Server exception (count(): Argument #1 ($value) must be of type Countable¦array, stdClass given)",
        "\"file_list\":[null]|500|Server exception (count(): Argument #1 ($value) must be of type Countable¦array, null given)",
      })
  void refusesABadMember(String member, int status, String text) {
    assertThat(invalid(spec(member))).isEqualTo(JobeAnswers.text(status, text.replace('¦', '|')));
  }

  @Test
  void printsABadFileSpecAsPhpDoes() {
    assertThat(body(invalid(spec("\"file_list\":[[\"1234567\",\"x.txt\"]]"))))
        .isEqualTo(
            "\"Invalid file specifier: Array\\n(\\n    [0] => 1234567\\n    [1] => x.txt\\n)\\n\"");
    assertThat(body(invalid(spec("\"file_list\":[[\"12345678\",[1.50,{\"a\":true}]]]"))))
        .isEqualTo(
            "\"Invalid file specifier: Array\\n(\\n    [0] => 12345678\\n    [1] => Array\\n        (\\n"
                + "            [0] => 1.5\\n            [1] => stdClass Object\\n                (\\n"
                + "                    [a] => 1\\n                )\\n\\n        )\\n\\n)\\n\"");
    assertThat(body(invalid(spec("\"file_list\":[[]]"))))
        .isEqualTo("\"Invalid file specifier: Array\\n(\\n)\\n\"");
  }

  @Test
  void checksInJobesOrder() {
    String all =
        "\"file_list\":\"x\",\"sourcefilename\":\"/\",\"parameters\":{\"cputime\":999},\"input\":[]";
    assertThat(body(invalid(spec(all)))).contains("$input");
    assertThat(body(invalid(spec(all.replace("[]", "\"\""))))).contains("cputime exceeds");
    assertThat(body(invalid(spec("\"file_list\":\"x\",\"sourcefilename\":\"/\""))))
        .contains("sourcefilename");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5|5",
        "1.5|1.5",
        "\" 7\"|7",
        "120.9|120.9",
        "\"x\"|5",
        "true|5",
        "null|5",
        "[1]|5",
        "-1|-1",
        "1e19|121",
        "\"1e400\"|121",
      })
  void computesCpuSecondsAsJobeDoes(String given, double seconds) {
    assertThat(valid(spec("\"parameters\":{\"cputime\":" + given + "}")).cpuSeconds())
        .isEqualTo(seconds);
  }

  @Test
  void coercesScalarsAsPhpDoes() {
    RunSpec spec = valid(
        "{\"run_spec\":{\"sourcecode\":1.0,\"language_id\":\"Python3\",\"input\":1e20,\"debug\":\"x\"}}");
    assertThat(spec.source()).isEqualTo("1");
    assertThat(spec.input()).isEqualTo("1.0E+20");
    assertThat(spec.language()).isEqualTo("python3");
    assertThat(spec.debug()).isTrue();
    assertThat(valid(spec("\"input\":0.00001")).input()).isEqualTo("1.0E-5");
    assertThat(valid(spec("\"input\":0.1234567890123456")).input()).isEqualTo("0.12345678901235");
  }

  @Test
  void readsFilesAndNames() {
    RunSpec spec =
        valid(spec("\"sourcefilename\":\"é b.py\",\"file_list\":[[\"12345678\",\"a.b\",true]]"));
    assertThat(spec.sourceFileName()).isEqualTo("é b.py");
    assertThat(spec.files()).isEqualTo(List.of(new FileRef("12345678", "a.b")));
    assertThat(valid(spec("\"sourcefilename\":\"prog.java\"")).sourceFileName()).isEmpty();
    assertThat(
            valid(spec("\"file_list\":null,\"parameters\":[],\"input\":null")).files())
        .isEmpty();
  }

  @Test
  void knowsJobesOwnOverloadTest() {
    assertThat(valid(
                "{\"run_spec\":{\"sourcecode\":\"!** TESTING OVERLOAD EXCEPTION **!\",\"language_id\":\"c\"}}")
            .testsOverload())
        .isTrue();
  }

  private static String spec(String member) {
    return "{\"run_spec\":{\"sourcecode\":\"x\",\"language_id\":\"c\"," + member + "}}";
  }

  private static RunSpec valid(String body) {
    return ((Reading.Valid) RunReader.read(Buffer.buffer(body), LANGUAGES::contains)).spec();
  }

  private static JobeAnswer invalid(String body) {
    return ((Reading.Invalid) RunReader.read(Buffer.buffer(body), LANGUAGES::contains)).answer();
  }

  private static String body(JobeAnswer answer) {
    return Objects.requireNonNull(answer.body()).toString();
  }
}
