package io.gradelane.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.jobe.wire.RunResult;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProbeProgramTest {

  @Test
  void theCheapestLanguageComesFirst() {
    assertThat(ProbeProgram.fit(Set.of("java", "c", "python3"))).contains(ProbeProgram.PYTHON3);
    assertThat(ProbeProgram.fit(Set.of("java", "c"))).contains(ProbeProgram.C);
    assertThat(ProbeProgram.fit(Set.of("java"))).contains(ProbeProgram.JAVA);
    assertThat(ProbeProgram.fit(Set.of("klingon"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isARunSpecThatSaysWhoseItIs(ProbeProgram program) {
    JsonObject spec = new JsonObject(program.body()).getJsonObject("run_spec");
    assertThat(spec.getString("language_id")).isEqualTo(program.language());
    assertThat(spec.getString("sourcecode")).contains("gradelane probe").endsWith("\n");
  }

  @Test
  void onlyTheRightAnswerIsRight() {
    assertThat(ProbeProgram.isRight(new RunResult(null, 15, "", "42\n", ""))).isTrue();
    assertThat(ProbeProgram.isRight(new RunResult(null, 15, "", "42", ""))).isTrue();
    assertThat(ProbeProgram.isRight(new RunResult(null, 15, "", "", ""))).isFalse();
    assertThat(ProbeProgram.isRight(new RunResult(null, 15, "", "43\n", ""))).isFalse();
    assertThat(ProbeProgram.isRight(new RunResult(null, 12, "", "42\n", "x"))).isFalse();
  }
}
