package io.gradelane.core.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookUrlTest {

  @Test
  void isReadWithItsDefaults() {
    assertThat(HookUrl.parse("https://Grader.example.edu", false))
        .isEqualTo(new HookUrl(true, "grader.example.edu", 443, "/"));
    assertThat(HookUrl.parse("http://grader.example.edu/a?b=c%20d", true))
        .isEqualTo(new HookUrl(false, "grader.example.edu", 80, "/a?b=c%20d"));
    assertThat(HookUrl.parse("https://[2606:4700::1111]:8443/x", false))
        .isEqualTo(new HookUrl(true, "2606:4700::1111", 8443, "/x"));
    assertThat(HookUrl.parse("https://93.184.216.34/", false).host()).isEqualTo("93.184.216.34");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "grader.example.edu",
        "http://grader.example.edu/",
        "ftp://grader.example.edu/",
        "file:///etc/passwd",
        "https:///nowhere",
        "https://user@grader.example.edu/",
        "https://user:password@grader.example.edu/",
        "https://grader.example.edu/#part",
        "https://grader.example.edu:25/",
        "https://grader.example.edu:22/",
        "https://grader.example.edu:0/",
        "https://grader.example.edu:70000/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://127.0.0.0x1/",
        "https://256.1.1.1/",
        "https://[fe80::1%25eth0]/",
        "https://a b.example.edu/"
      })
  void whatIsNoneSaysWhatWasExpected(String wrong) {
    assertThatThrownBy(() -> HookUrl.parse(wrong, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + wrong + "' (expected: ");
  }

  @Test
  void aGreatOneIsNotShownWhole() {
    assertThatThrownBy(() -> HookUrl.parse("https://a.example/" + "x".repeat(2000), false))
        .hasMessageContaining("at most 2000 characters")
        .message()
        .hasSizeLessThan(200);
  }
}
