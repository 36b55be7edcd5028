package io.gradelane.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.settings.Settings;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunKeyTest {

  private static final Settings.Limits LIMITS = new Settings.Limits(20, 1000, 256);
  private static final String SPEC = "\"language_id\":\"python3\",\"sourcecode\":\"print(1)\"";
  private static final String MD5 = "5d41402abc4b2a76b9719d911017c592";

  @Test
  void whoAsksItsLimitsAndTheLanguagesVersionAllCount() {
    RunKey known = key("moodle", LIMITS, SPEC).orElseThrow();
    Buffer digest = known.under("3.11");

    assertThat(key("moodle", LIMITS, SPEC).orElseThrow().under("3.11")).isEqualTo(digest);
    assertThat(known.under("3.13")).isNotEqualTo(digest);
    assertThat(key("other", LIMITS, SPEC).orElseThrow().under("3.11")).isNotEqualTo(digest);
    Settings.Limits less = new Settings.Limits(20, 999, 256);
    assertThat(key("moodle", less, SPEC).orElseThrow().under("3.11")).isNotEqualTo(digest);
  }

  @Test
  void aFileIsNamedByItsContentAndAnotherContentIsAnotherRun() {
    Optional<RunKey> one = key("moodle", LIMITS, SPEC + files(MD5));

    assertThat(one).isPresent();
    assertThat(key("moodle", LIMITS, SPEC + files(MD5.replace('5', '6'))))
        .isPresent()
        .isNotEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes", "5d41402abc4b2a76b9719d911017c59", ""})
  void aFileUnderAnyOtherNameMayChangeSoThereIsNoKey(String name) {
    assertThat(key("moodle", LIMITS, SPEC + files(name))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"language_id\":7", "\"language_id\":\"c\",\"file_list\":{}"})
  void whatIsNoSpecHasNoKey(String spec) {
    assertThat(key("moodle", LIMITS, spec)).isEmpty();
  }

  private static String files(String id) {
    return ",\"file_list\":[[\"" + id + "\",\"notes.txt\"]]";
  }

  private static Optional<RunKey> key(String tenant, Settings.Limits limits, String spec) {
    return RunKey.of(tenant, limits, Buffer.buffer("{\"run_spec\":{" + spec + "}}"));
  }
}
