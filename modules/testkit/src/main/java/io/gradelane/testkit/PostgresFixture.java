package io.gradelane.testkit;

import io.gradelane.postgres.Executables;
import io.gradelane.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL on a loopback port: a container where Docker answers, else the installed one (15 or newer), else the
 * packaged one. {@link #origin} says which. Its disk is never waited for: what a test kills is the process, not the
 * machine.
 */
public final class PostgresFixture implements AutoCloseable {

  private static final String IMAGE = "postgres:15";

  private final Access access;
  private final String origin;
  private final @Nullable PostgresServer process;
  private final AutoCloseable end;

  private record Access(String host, int port, String user, String password, String database) {}

  private PostgresFixture(
      Access access, String origin, @Nullable PostgresServer process, AutoCloseable end) {
    this.access = access;
    this.origin = origin;
    this.process = process;
    this.end = end;
  }

  /** Starts one; returns when it answers. */
  public static PostgresFixture start() {
    return Docker.answers() ? container() : killable();
  }

  /** One that is a process of this machine, so that it can be killed. */
  public static PostgresFixture killable() {
    return killable(FreePort.next());
  }

  /** The same on a port that stays free while it is away, with more of its options, as {@code name=value}. */
  public static PostgresFixture killable(int port, String... more) {
    try {
      Path folder = Files.createTempDirectory("gradelane-postgres");
      Path unpacked = Path.of(System.getProperty("java.io.tmpdir"), "gradelane-executables");
      Optional<Executables> installed = Executables.installed();
      Executables executables =
          installed.isPresent() ? installed.get() : Executables.embedded(unpacked);
      String[] options =
          Stream.concat(Stream.of("fsync=off"), Stream.of(more)).toArray(String[]::new);
      PostgresServer server = PostgresServer.startAt(port, executables, folder, options);
      Access access = new Access(
          "127.0.0.1", server.port(), PostgresServer.USER, server.password(), "postgres");
      return new PostgresFixture(access, server.origin(), server, () -> remove(server, folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String host() {
    return access.host;
  }

  public int port() {
    return access.port;
  }

  public String user() {
    return access.user;
  }

  public String password() {
    return access.password;
  }

  public String database() {
    return access.database;
  }

  /** Where it came from, for the test's log. */
  public String origin() {
    return origin;
  }

  /** Gone at once; what was committed is on its disk. Only of one that is a process. */
  public void kill() {
    server().kill();
  }

  /** Back on its port. Only of one that is a process. */
  public void revive() {
    try {
      server().revive();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      end.close();
    } catch (Exception e) {
      throw new AssertionError("PostgreSQL does not end", e);
    }
  }

  private PostgresServer server() {
    if (process == null) {
      throw new IllegalStateException(origin + " can't be killed (expected: one of killable())");
    }
    return process;
  }

  private static PostgresFixture container() {
    PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
    container.start();
    Access access = new Access(
        container.getHost(),
        container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
        container.getUsername(),
        container.getPassword(),
        container.getDatabaseName());
    return new PostgresFixture(access, "container " + IMAGE, null, container);
  }

  private static void remove(PostgresServer server, Path folder) throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
