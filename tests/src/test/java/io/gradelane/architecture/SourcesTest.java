package io.gradelane.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bytecode does not show: sources, tests of other rooms, and the map of the house. */
class SourcesTest {

  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();

  /** A room in the table of {@code modules/README.md}: {@code | `bus` | what it is | core |}. */
  private static final Pattern ROOM =
      Pattern.compile("(?m)^\\| `([a-z]+)` \\|.*\\| ([a-z, ]+) \\|$");

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?io\\.gradelane\\.([a-z]+)\\.");

  @Test
  void theMapOfRoomsNamesEveryRoomAndNoOther() throws IOException {
    String map = Files.readString(HOUSE.resolve("modules/README.md"));

    assertThat(ROOM.matcher(map).results().map(room -> room.group(1)).collect(Collectors.toSet()))
        .isEqualTo(rooms());
  }

  @Test
  void noRoomKnowsOneThatTheMapDoesNotName() throws IOException {
    for (MatchResult room : ROOM.matcher(Files.readString(HOUSE.resolve("modules/README.md")))
        .results()
        .toList()) {
      String name = room.group(1);
      String known = room.group(2);
      if (!known.equals("everything")) {
        assertThat(imported(name))
            .as(
                "%s knows %s; if it needs another, that is a decision: say so in modules/README.md",
                name, known)
            .isSubsetOf(named(name, known));
      }
    }
  }

  @Test
  void theBuildHasEveryRoom() throws IOException {
    String pom = Files.readString(HOUSE.resolve("pom.xml"));
    Set<String> built = Pattern.compile("<module>modules/([a-z]+)</module>")
        .matcher(pom)
        .results()
        .map((MatchResult module) -> module.group(1))
        .collect(Collectors.toSet());

    assertThat(built).isEqualTo(rooms());
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() throws IOException {
    Set<Path> packages = sources("src/main/java").stream()
        .map(Path::getParent)
        .collect(Collectors.toCollection(TreeSet::new));

    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
            .content()
            .startsWith("/**")
            .contains("@NullMarked"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Thread\\.sleep\\(           | a sleeping test is slow or wrong: wait for a signal or a condition, as testkit's Eventually does
      TimeUnit\\.\\w+\\.sleep\\(  | a sleeping test is slow or wrong: wait for a signal or a condition, as testkit's Eventually does
      @Disabled\\b                | a test that does not run protects nothing: mend it or delete it
      \\bassumeTrue\\(false       | a test that never runs protects nothing: mend it or delete it
      printStackTrace\\(          | nobody reads it: log the cause
      @SuppressWarnings\\("all"\\) | name the warning, and say why it does not hold here
      """)
  void nobodyWrites(String pattern, String instead) throws IOException {
    Pattern forbidden = Pattern.compile(pattern);
    List<Path> found = sources("src").stream()
        .filter(source -> !source.endsWith("SourcesTest.java"))
        .filter(source -> forbidden.matcher(text(source)).find())
        .toList();

    assertThat(found).as(instead).isEmpty();
  }

  @Test
  void filesStayReadable() throws IOException {
    List<String> long_ = sources("src/main/java").stream()
        .filter(source -> text(source).lines().count() > 600)
        .map(source -> HOUSE.relativize(source).toString())
        .toList();

    assertThat(long_)
        .as("more than 600 lines are more than one thing: give the parts names")
        .isEmpty();
  }

  private static Set<String> named(String room, String known) {
    Set<String> all = new TreeSet<>(List.of(known.split(", ")));
    all.addAll(List.of(room, "core"));
    return all;
  }

  private static Set<String> imported(String room) throws IOException {
    return sources("modules/" + room + "/src/main/java").stream()
        .flatMap(source -> IMPORT.matcher(text(source)).results())
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> rooms() throws IOException {
    try (Stream<Path> folders = Files.list(HOUSE.resolve("modules"))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(folder -> folder.getFileName().toString())
          .collect(Collectors.toSet());
    }
  }

  /** The Java files under {@code below} of every room and of the tests. */
  private static List<Path> sources(String below) throws IOException {
    try (Stream<Path> files = Files.walk(HOUSE)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> HOUSE.relativize(file).toString().contains(below + "/"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }

  private static String text(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
