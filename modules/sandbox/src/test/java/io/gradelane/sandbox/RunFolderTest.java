package io.gradelane.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void isShownUnderJobesPath(@TempDir Path runs) throws Exception {
    assertThat(RunFolder.create(runs, -1, random).shown()).matches("/home/jobe/runs/jobe_\\w{6}");
  }

  @Test
  void deletesWhatLinksPointAtOnlyInside(@TempDir Path runs, @TempDir Path elsewhere)
      throws Exception {
    Path precious = Files.writeString(elsewhere.resolve("precious"), "x");
    RunFolder folder = RunFolder.create(runs, -1, random);
    Files.createSymbolicLink(folder.box().resolve("link"), elsewhere);
    folder.delete();
    assertThat(precious).exists();
    assertThat(runs).isEmptyDirectory();
  }

  @Test
  void deletesFoldersThatAProgramHasClosed(@TempDir Path runs) throws Exception {
    RunFolder folder = RunFolder.create(runs, -1, random);
    Path closed = Files.createDirectories(folder.box().resolve("a/b"));
    Files.writeString(closed.resolve("c"), "x");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    folder.delete();
    assertThat(runs).isEmptyDirectory();
  }

  @Test
  void leavesANameThatIsNotAsciiToTheShell(@TempDir Path runs) throws Exception {
    RunFolder folder = RunFolder.create(runs, -1, random);
    folder.writeSource("é.py", "print(1)");
    assertThat(folder.box().resolve(".source-name")).hasContent("é.py");
    assertThat(folder.box().resolve(".source")).hasContent("print(1)");
  }
}
