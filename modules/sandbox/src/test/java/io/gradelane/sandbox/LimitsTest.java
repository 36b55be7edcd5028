package io.gradelane.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradelane.jobe.wire.Json;
import io.gradelane.jobe.wire.Parameters;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final Language C = GnuLanguage.c(Path.of("/usr/bin/gcc"));
  private static final Language JAVA =
      new JavaLanguage(Path.of("/usr/bin/javac"), Path.of("/usr/bin/java"));

  @Test
  void hasJobesDefaults() throws Exception {
    Limits limits = Limits.forRunning(with(Map.of()), C);
    assertThat(limits).isEqualTo(new Limits(5, 409_600_000, 20_480_000, 31, 2_048_000));
    assertThat(limits.wallMillis()).isEqualTo(10_000);
  }

  @Test
  void givesCompilersWhatTheyNeed() throws Exception {
    Parameters small =
        with(Map.of("cputime", 1, "memorylimit", 100, "numprocs", 1, "disklimit", 1));
    assertThat(Limits.forCompiling(small, C))
        .isEqualTo(new Limits(2, 512_000_000, 20_480_000, 6, 2_048_000));
    assertThat(Limits.forRunning(small, C))
        .isEqualTo(new Limits(1, 102_400_000, 1_024_000, 2, 2_048_000));
  }

  @Test
  void leavesJavaItsMemoryAndThreads() throws Exception {
    Limits limits = Limits.forRunning(with(Map.of("memorylimit", 100, "numprocs", 10)), JAVA);
    assertThat(limits.memoryBytes()).isZero();
    assertThat(limits.processes()).isEqualTo(257);
  }

  @Test
  void takesNoLimitForNoLimit() throws Exception {
    Limits limits = Limits.forRunning(with(Map.of("memorylimit", 0, "disklimit", -1)), C);
    assertThat(limits.options(true)).containsExactly("--cpu=5:6", "--core=0", "--nproc=31");
  }

  @Test
  void holdsNoMoreOutputThanMemoryCan() throws Exception {
    assertThat(Limits.forRunning(with(Map.of("streamsize", 200)), C).streamBytes())
        .isEqualTo(8 << 20);
    assertThat(Limits.forRunning(with(Map.of("streamsize", 0)), C).streamBytes())
        .isZero();
  }

  @Test
  void refusesLimitsAsJobesWatchdogDoes() throws Exception {
    Parameters none = with(Map.of("cputime", 0));
    assertThatThrownBy(() -> Limits.forCompiling(none, C))
        .isInstanceOf(RunGuard.BadLimit.class)
        .hasMessageContaining("/runguard/runguard: invalid cputime specified: `0'");
    Parameters negative = with(Map.of("cputime", -1));
    assertThat(Limits.forCompiling(negative, C).cpuSeconds()).isEqualTo(2);
    assertThatThrownBy(() -> Limits.forRunning(negative, C)).isInstanceOf(RunGuard.BadLimit.class);
  }

  @Test
  void refusesSecondsThatNeverEnd() {
    Parameters endless = new Parameters(Map.of("cputime", new Json.Num("1e19")));
    assertThatThrownBy(() -> Limits.forRunning(endless, C)).isInstanceOf(RunGuard.BadLimit.class);
  }

  private static Parameters with(Map<String, Integer> numbers) {
    Map<String, Json> values = new java.util.HashMap<>();
    numbers.forEach((key, value) -> values.put(key, Json.Num.of(value)));
    return new Parameters(values);
  }
}
