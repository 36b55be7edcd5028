package io.gradelane.jobe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

  private static final String GUARD = "/var/www/html/jobe/runguard/runguard: ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        GUARD + "cannot start `sh': Resource temporarily unavailable\nTry 'runguard --help'\n",
        "sudo: unable to resolve host x\n"
      })
  void blamesTheServerForItsOwnTools(String text) {
    assertThat(judge(new RunResult(null, 11, text, "", ""))).isEqualTo(new Verdict.ServerFault());
    assertThat(judge(new RunResult(null, 12, "", "", text))).isEqualTo(new Verdict.ServerFault());
  }

  @Test
  void believesSuchTextWhenAProgramSaysIt() {
    assertThat(judge(new RunResult(null, 12, "", "out", GUARD + "cannot")))
        .isEqualTo(new Verdict.Plain());
    assertThat(judge(new RunResult(null, 12, "", "", "x\nsudo: no")))
        .isEqualTo(new Verdict.Plain());
    assertThat(judge(new RunResult(null, 11, "a.c:1: sudo: ", "", "")))
        .isEqualTo(new Verdict.Plain());
  }

  @Test
  void leavesABadCpuLimitToTheClient() {
    var result = new RunResult(null, 11, GUARD + "invalid cputime specified: `0'\n", "", "");
    assertThat(judge(result)).isEqualTo(new Verdict.Plain());
  }

  @Test
  void doubtsWallLimitsAndNothingElse() {
    String wall = GUARD + "warning: timelimit exceeded (wall time): aborting command\n";
    String cpu = GUARD + "warning: timelimit exceeded (cpu time)\n";
    assertThat(judge(new RunResult(null, 11, wall, "", ""))).isEqualTo(new Verdict.Doubtful());
    assertThat(judge(new RunResult(null, 11, cpu, "", ""))).isEqualTo(new Verdict.Plain());
    var limit = new RunResult(null, 13, "", "", "");
    assertThat(Verdict.of(limit, 1.5, 2999)).isEqualTo(new Verdict.Plain());
    assertThat(Verdict.of(limit, 1.5, 3000)).isEqualTo(new Verdict.Doubtful());
    assertThat(Verdict.of(new RunResult(null, 15, "", "", ""), 1, 9999))
        .isEqualTo(new Verdict.Plain());
  }

  @Test
  void seesOverload() {
    assertThat(judge(RunResult.overload())).isEqualTo(new Verdict.Overload());
  }

  private static Verdict judge(RunResult result) {
    return Verdict.of(result, 5, 100);
  }
}
