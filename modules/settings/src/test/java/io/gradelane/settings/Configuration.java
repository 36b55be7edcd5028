package io.gradelane.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.settings.Loading.Loaded;
import io.gradelane.settings.Loading.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration in the making: the text of a file and an environment. */
final class Configuration {

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private String text = "";

  Configuration(Path folder) {
    this.folder = folder;
  }

  Configuration yaml(String yaml) {
    text = yaml;
    return this;
  }

  Configuration env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Puts a file beside the configuration. */
  Configuration file(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
    return this;
  }

  Settings settings() throws IOException {
    return loaded().settings();
  }

  Loaded loaded() throws IOException {
    Loading loading = load();
    assertThat(loading).isInstanceOf(Loaded.class);
    return (Loaded) loading;
  }

  List<String> problems() throws IOException {
    Loading loading = load();
    assertThat(loading).isInstanceOf(Problems.class);
    return ((Problems) loading).problems().stream().map(Problem::toString).toList();
  }

  private Loading load() throws IOException {
    Path file = folder.resolve("gradelane.yaml");
    Files.writeString(file, text);
    return SettingsLoader.load(Optional.of(file), environment);
  }
}
