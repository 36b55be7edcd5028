package io.gradelane.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where {@code initdb}, {@code pg_ctl} and {@code postgres} are.
 *
 * @param bin their folder
 * @param origin for the log
 */
public record Executables(Path bin, String origin) {

  /** The oldest that will do. */
  private static final int LEAST_VERSION = 15;

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  /** Those packed in a jar, unpacked into {@code folder} if they are not yet; else those of this system. */
  public static Executables embedded(Path folder) throws IOException {
    try (InputStream packed = Executables.class.getResourceAsStream(resource())) {
      if (packed == null) {
        return installed().orElseThrow(Executables::nowhere);
      }
      Path home = Unpacking.into(folder.resolve("postgres-17"), packed);
      return new Executables(home.resolve("bin"), "packaged PostgreSQL 17");
    }
  }

  /** The newest that the system has, if it is new enough. */
  public static Optional<Executables> installed() throws IOException {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .filter(home -> version(home) >= LEAST_VERSION)
          .filter(home -> Files.isExecutable(home.resolve("bin/initdb")))
          .max(Comparator.comparingInt(Executables::version))
          .map(home ->
              new Executables(home.resolve("bin"), "installed PostgreSQL " + version(home)));
    }
  }

  String path(String name) {
    return bin.resolve(name).toAbsolutePath().toString();
  }

  private static String resource() {
    return switch (System.getProperty("os.name") + " " + System.getProperty("os.arch")) {
      case "Linux amd64" -> "/postgres-linux-x86_64.txz";
      case "Linux aarch64" -> "/postgres-linux-arm_64.txz";
      case String other -> "/no-postgres-for-" + other;
    };
  }

  private static int version(Path home) {
    String name = home.getFileName().toString();
    return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
  }

  private static IOException nowhere() {
    return new IOException("no PostgreSQL is packaged for " + System.getProperty("os.name") + " on "
        + System.getProperty("os.arch") + ", and none of version " + LEAST_VERSION
        + " or newer stands in " + DEBIAN + " (set database.url)");
  }
}
