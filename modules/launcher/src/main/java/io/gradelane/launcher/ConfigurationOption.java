package io.gradelane.launcher;

import io.gradelane.settings.Loading;
import io.gradelane.settings.Loading.Loaded;
import io.gradelane.settings.Loading.Problems;
import io.gradelane.settings.SettingsLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --config}, and what it leads to. */
final class ConfigurationOption {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration; GRADELANE_CONFIG and conf/gradelane.yaml unless given.")
  private Optional<Path> file = Optional.empty();

  /** The settings; empty when they are wrong, and then {@code err} has been told everything. */
  Optional<Loaded> load(Surroundings surroundings, PrintWriter err) {
    Optional<Path> chosen = surroundings.configuration(file);
    return switch (read(surroundings)) {
      case Loaded loaded -> {
        loaded.warnings().forEach(warning -> err.println("gradelane: " + warning));
        yield Optional.of(loaded);
      }
      case Problems problems -> {
        tell(problems, chosen, err);
        yield Optional.empty();
      }
    };
  }

  /** Reads it, now. */
  Loading read(Surroundings surroundings) {
    return SettingsLoader.load(surroundings.configuration(file), surroundings.environment());
  }

  /** What the settings were read from, for people. */
  String source(Surroundings surroundings) {
    return surroundings.configuration(file).map(Path::toString).orElse("the defaults (no file)");
  }

  private static void tell(Problems problems, Optional<Path> chosen, PrintWriter err) {
    int count = problems.problems().size();
    err.printf(
        "gradelane: the configuration%s has %s:%n",
        chosen.map(path -> " " + path).orElse(""), count == 1 ? "a problem" : count + " problems");
    problems.problems().forEach(problem -> err.println("  " + problem));
    err.flush();
  }
}
