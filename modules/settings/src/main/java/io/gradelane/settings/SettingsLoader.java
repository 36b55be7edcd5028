package io.gradelane.settings;

import io.gradelane.settings.Loading.Loaded;
import io.gradelane.settings.Loading.Problems;
import io.gradelane.settings.Section.Source;
import io.gradelane.settings.Tree.Absent;
import io.gradelane.settings.Tree.Branch;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads {@code conf/gradelane.yaml}, with the environment on top. */
public final class SettingsLoader {

  private SettingsLoader() {}

  /**
   * The settings, or everything that is wrong with them.
   *
   * @param file the YAML file; empty for the defaults and the environment alone
   * @param environment all variables; those that begin with {@code GRADELANE_} count
   */
  public static Loading load(Optional<Path> file, Map<String, String> environment) {
    Path folder = file.map(Path::toAbsolutePath).map(Path::getParent).orElse(Path.of(""));
    Source source = Source.of(folder, environment);
    Branch branch = file.map(path -> branch(path, source)).orElse(Branch.EMPTY);
    SettingsReader reader = new SettingsReader(new Section("", branch, source), source.problems());
    Settings settings = reader.read();
    source.environment().reportUnknown();
    return source.problems().isEmpty()
        ? new Loaded(settings, reader.warnings())
        : new Problems(source.problems());
  }

  private static Branch branch(Path file, Source source) {
    String name = file.toString();
    return text(file, source)
        .map(text -> YamlText.read(text, name, line -> "line " + line, source::report))
        .map(tree -> switch (tree) {
          case Branch found -> found;
          case Absent absent -> Branch.EMPTY;
          case Tree other -> {
            source.report(new Problem(name, other.shown(), "keys and values", other.where()));
            yield Branch.EMPTY;
          }
        })
        .orElse(Branch.EMPTY);
  }

  private static Optional<String> text(Path file, Source source) {
    try {
      return Optional.of(Files.readString(file));
    } catch (CharacterCodingException e) {
      source.report(new Problem(file.toString(), "", "text in UTF-8", ""));
    } catch (IOException e) {
      source.report(new Problem(file.toString(), "", "a file that can be read", ""));
    }
    return Optional.empty();
  }
}
