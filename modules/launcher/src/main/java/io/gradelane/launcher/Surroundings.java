package io.gradelane.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where this process was started.
 *
 * @param environment its variables
 * @param home Gradelane's own folder, or the working directory
 * @param terminal whether a person reads its output
 */
record Surroundings(Map<String, String> environment, Path home, boolean terminal) {

  private static final Path CONFIGURATION = Path.of("conf", "gradelane.yaml");

  static Surroundings of(Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("GRADELANE_HOME", ""));
    return new Surroundings(environment, home, Boolean.getBoolean("gradelane.terminal"));
  }

  /** The file that was named, else {@code GRADELANE_CONFIG}, else the one in the usual place, if there is one. */
  Optional<Path> configuration(Optional<Path> named) {
    Optional<Path> variable = Optional.ofNullable(environment.get("GRADELANE_CONFIG"))
        .filter(text -> !text.isBlank())
        .map(Path::of);
    Stream<Path> usual = Stream.of(home.resolve(CONFIGURATION)).filter(Files::isRegularFile);
    return Stream.concat(Stream.concat(named.stream(), variable.stream()), usual)
        .findFirst();
  }
}
