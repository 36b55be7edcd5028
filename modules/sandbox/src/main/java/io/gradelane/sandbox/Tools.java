package io.gradelane.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where programs lie. System folders come first: what else is on the PATH may be closed to another uid. */
final class Tools {

  private static final List<Path> SYSTEM_FOLDERS = Stream.of(
          "/usr/bin", "/usr/local/bin", "/bin", "/usr/sbin", "/sbin")
      .map(Path::of)
      .toList();

  private Tools() {}

  /** Every place where {@code name} can be run by somebody, the likeliest first. */
  static List<Path> candidates(String name) {
    return folders().stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .toList();
  }

  static Optional<Path> first(String name) {
    return candidates(name).stream().findFirst();
  }

  private static Set<Path> folders() {
    Set<Path> folders = new LinkedHashSet<>(SYSTEM_FOLDERS);
    folders.add(Path.of(System.getProperty("java.home"), "bin"));
    @Nullable String path = System.getenv("PATH");
    for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
      if (folder.startsWith("/")) {
        folders.add(Path.of(folder));
      }
    }
    return folders;
  }
}
