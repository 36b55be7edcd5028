package io.gradelane.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that runs on a loopback port of this machine, with its data in a folder of its own.
 *
 * <p>One that already runs there is taken over: a process that was killed leaves it behind. Methods block; they may be
 * called from any thread, one at a time.
 */
public final class PostgresServer implements AutoCloseable {

  /** The only role, owner of everything. */
  public static final String USER = "gradelane";

  private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

  private final Executables executables;
  private final Path folder;
  private final List<String> options;
  private int port;

  private PostgresServer(Executables executables, Path folder, List<String> options) {
    this.executables = executables;
    this.folder = folder;
    this.options = options;
  }

  /**
   * Starts it, and makes its data first if there is none.
   *
   * @param folder holds all that belongs to it
   * @param options of the server, as {@code name=value}
   */
  public static PostgresServer start(Executables executables, Path folder, String... options)
      throws IOException {
    return startAt(freePort(), executables, folder, options);
  }

  /** The same on a port of the caller's choice: below those that the system takes for connections it stays free. */
  public static PostgresServer startAt(
      int port, Executables executables, Path folder, String... options) throws IOException {
    Files.createDirectories(folder);
    PostgresServer server =
        new PostgresServer(executables, folder.toAbsolutePath(), List.of(options));
    server.prepare();
    server.launch(port);
    return server;
  }

  public int port() {
    return port;
  }

  /** Of {@link #USER}; only whoever may read the folder knows it. */
  public String password() {
    try {
      return Files.readString(passwordFile()).strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** {@code postgresql://127.0.0.1:port/postgres}. */
  public String url() {
    return "postgresql://127.0.0.1:" + port + "/postgres";
  }

  public String origin() {
    return executables.origin();
  }

  /** Ends it as a crash would: at once, all its connections reset. */
  public void kill() {
    runningPid().flatMap(ProcessHandle::of).ifPresent(postmaster -> {
      List<ProcessHandle> all =
          Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
      all.forEach(ProcessHandle::destroyForcibly);
      all.forEach(process -> process.onExit().join());
    });
  }

  public boolean isRunning() {
    return runningPid().isPresent();
  }

  /** Starts it again, on its port. */
  public void revive() throws IOException {
    launch(port);
  }

  /** Stops it, its connections notwithstanding. */
  @Override
  public void close() throws IOException {
    if (runningPid().isPresent()) {
      Command.run(
          folder, executables.path("pg_ctl"), "-D", data().toString(), "-m", "fast", "-w", "stop");
    }
  }

  private void prepare() throws IOException {
    if (Files.exists(data().resolve("PG_VERSION"))) {
      return;
    }
    if (!Files.exists(passwordFile())) {
      writePassword();
    }
    Command.run(
        folder,
        executables.path("initdb"),
        "-D",
        data().toString(),
        "-U",
        USER,
        "-E",
        "UTF8",
        "--locale=C",
        "-A",
        "scram-sha-256",
        "--pwfile=" + passwordFile());
  }

  private void launch(int wished) throws IOException {
    Optional<Long> running = runningPid();
    if (running.isEmpty()) {
      forgetStranger();
      Command.run(
          folder,
          executables.path("pg_ctl"),
          "-D",
          data().toString(),
          "-l",
          folder.resolve("postgres.log").toString(),
          "-w",
          "-o",
          arguments(wished),
          "start");
    }
    port = Integer.parseInt(Files.readAllLines(pidFile()).get(3).strip());
    log.atInfo()
        .addKeyValue("port", port)
        .addKeyValue("folder", folder)
        .log("{} {}", executables.origin(), running.isEmpty() ? "started" : "was running already");
  }

  private String arguments(int wished) {
    StringBuilder arguments = new StringBuilder("-p " + wished)
        .append(" -c listen_addresses=127.0.0.1 -c unix_socket_directories=''");
    options.forEach(option -> arguments.append(" -c ").append(option));
    return arguments.toString();
  }

  /** The process that its lock file names, if that one is alive and a PostgreSQL. */
  private Optional<Long> runningPid() {
    return writtenPid()
        .flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().command().orElse("postgres").endsWith("postgres"))
        .map(ProcessHandle::pid);
  }

  private Optional<Long> writtenPid() {
    try {
      return Optional.of(Long.parseLong(Files.readAllLines(pidFile()).getFirst().strip()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Another program may have got the number of the one that ended: then the lock file would only be in the way. Else it
   * stays: by it PostgreSQL finds out whether something of the one that ended still works on the data.
   */
  private void forgetStranger() throws IOException {
    if (writtenPid().flatMap(ProcessHandle::of).isPresent()) {
      Files.delete(pidFile());
    }
  }

  private void writePassword() throws IOException {
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    Files.createFile(
        passwordFile(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(passwordFile(), HexFormat.of().formatHex(secret));
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path pidFile() {
    return data().resolve("postmaster.pid");
  }

  private Path passwordFile() {
    return folder.resolve("password");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
