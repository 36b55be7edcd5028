package io.gradelane.cluster.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where things are in this checkout. */
final class House {

  private static final Path HOME = Stream.of(Path.of(""), Path.of(".."))
      .map(Path::toAbsolutePath)
      .map(Path::normalize)
      .filter(folder -> Files.isExecutable(folder.resolve("bin/gradelane")))
      .findFirst()
      .orElseThrow(() -> new IllegalStateException("no bin/gradelane here or above"));

  private House() {}

  static Path program() {
    return HOME.resolve("bin/gradelane");
  }

  /** The newest jar that was built: by {@code bin/gradelane}, or by the Maven build that runs this. */
  static Path jar() {
    String named = System.getProperty("gradelane.jar");
    List<Path> built = named == null ? builtJars() : List.of(Path.of(named));
    return built.stream()
        .filter(Files::isReadable)
        .max(Comparator.comparing(House::written))
        .orElseThrow(
            () -> new IllegalStateException(
                "no jar of Gradelane (expected: target/gradelane.jar, as bin/gradelane version builds it)"));
  }

  /** For what is worth a look afterwards: logs, configurations, results. Made if need be. */
  static Path results(String name) throws IOException {
    return Files.createDirectories(HOME.resolve("target/cluster").resolve(name));
  }

  private static List<Path> builtJars() {
    List<Path> jars = new ArrayList<>(List.of(HOME.resolve("target/gradelane.jar")));
    File[] shaded = HOME.resolve("modules/launcher/target")
        .toFile()
        .listFiles((folder, name) -> name.endsWith("-all.jar"));
    for (File jar : shaded == null ? new File[0] : shaded) {
      jars.add(jar.toPath());
    }
    return jars;
  }

  private static FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
