package io.gradelane.fleet.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildTest {

  @TempDir
  private Path folder;

  /** Else whoever is asked for the same host next starts a second process, and one of the two is nobody's. */
  @Test
  void whatHasBeenStartedIsKnownByItsId() throws Exception {
    for (int i = 1; i <= 10; i++) {
      Child child = new Child(folder.resolve("h" + i), "a mark");

      child.start(List.of("true"));

      assertThat(child.begun()).isTrue();
    }
  }
}
