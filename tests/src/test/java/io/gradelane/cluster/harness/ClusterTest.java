package io.gradelane.cluster.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Meets each fault once. What counts must be right; how long it took is told, and may be much longer than the aim. */
@Tag("cluster")
final class ClusterTest {

  private static final Duration PARTED = Duration.ofSeconds(25);

  /**
   * A JVM under a faked clock takes minutes to start here, and so does a night: those are left to {@code bin/gradelane
   * soak}.
   */
  private static final Set<String> TOO_SLOW = Set.of("clock-jump", "midterm-durable");

  static List<String> drills() {
    return Drills.all(PARTED).stream()
        .map(Drill::name)
        .filter(name -> !TOO_SLOW.contains(name))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("drills")
  void everyAnswerIsRight(String name) {
    Drill drill = Drills.all(PARTED).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
    Sheet sheet = drill.run(drill.oftenAsTest());
    sheet.keep();
    System.out.println(sheet.table());
    List<String> unbearable = sheet.unbearable();
    assertThat(unbearable)
        .as("%s: %s %s", drill.name(), unbearable, sheet.notes())
        .isEmpty();
  }
}
