package io.gradelane.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two sandboxes with one uid kill each other's runs, so no two ever have one, whatever process they are in. */
final class UidsTest {

  @Test
  void aSecondSandboxLeavesTheFirstOneItsLocks() throws IOException {
    assumeTrue(Jail.isRoot(), "only root has uids to give");
    try (Uids first = Uids.take(1)) {
      long locks = locks();
      try (Uids second = Uids.take(1)) {
        assertThat(second.get(0)).isNotEqualTo(first.get(0));
        assertThat(locks()).isEqualTo(locks + 1);
      }
    }
  }

  /** The kernel's count of this process's locks. */
  private static long locks() throws IOException {
    String owner = " " + ProcessHandle.current().pid() + " ";
    try (Stream<String> lines = Files.lines(Path.of("/proc/locks"))) {
      return lines
          .filter(line -> line.contains("POSIX") && line.contains(owner))
          .count();
    }
  }
}
