package io.gradelane.bench;

import io.gradelane.bench.Stage.Player;
import io.gradelane.postgres.Executables;
import io.gradelane.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One node as it is started for users, with a PostgreSQL of its own whose commits are on disk. */
final class JobsNode implements AutoCloseable {

  static final int CONNECTIONS = 8;

  private final Stage stage = new Stage();
  private final Path folder;
  private final PostgresServer postgres;
  private final Player node;

  /** @param server where its runs go */
  JobsNode(int server, int slots) throws IOException {
    folder = Files.createTempDirectory(
        Files.createDirectories(Path.of("target", "bench")).toAbsolutePath(), "postgres");
    Path unpacked = Path.of(System.getProperty("java.io.tmpdir"), "gradelane-executables");
    postgres = PostgresServer.start(Executables.embedded(unpacked), folder);
    try {
      node = start(server, slots);
    } catch (IOException e) {
      close(stage, postgres, folder);
      throw e;
    }
  }

  private Player start(int server, int slots) throws IOException {
    Player started = stage.gradelane(
        "gradelane",
        "[{url: 'http://127.0.0.1:" + server + "', slots: " + slots + ", cores: " + slots + "}]",
        Map.of(
            "GRADELANE_DATABASE_URL",
            postgres.url(),
            "GRADELANE_DATABASE_USER",
            PostgresServer.USER,
            "GRADELANE_DATABASE_PASSWORD",
            postgres.password(),
            "GRADELANE_DATABASE_CONNECTIONS",
            String.valueOf(CONNECTIONS)));
    awaitJobs(started);
    return started;
  }

  private static void awaitJobs(Player started) throws IOException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (Http.get(started.port(), "/api/v1/batches").status() != 200) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the node takes no jobs");
      }
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  int port() {
    return node.port();
  }

  /** Processor time so far. */
  Duration cpu() {
    return node.cpu();
  }

  PostgresServer postgres() {
    return postgres;
  }

  /** A batch of so many jobs of less than 200 bytes each, called by their tags: {@code <name>-<sequence>}. */
  static String batch(String name, int jobs, boolean paused) {
    StringBuilder body = new StringBuilder("{\"lane\":\"bulk\",\"name\":\"" + name
        + "\",\"paused\":" + paused
        + ",\"template\":{\"language_id\":\"python3\",\"parameters\":{\"cputime\":1}},\"jobs\":[");
    IntStream.rangeClosed(1, jobs)
        .forEach(i -> body.append(i == 1 ? "" : ",")
            .append("{\"ref\":\"student-")
            .append(i)
            .append("\",\"run_spec\":{\"sourcecode\":\"# tag ")
            .append(name)
            .append('-')
            .append(i)
            .append(" \\nfor line in open(0): print(line)\\n\"}}"));
    return body.append("]}").toString();
  }

  @Override
  public void close() throws IOException {
    close(stage, postgres, folder);
  }

  private static void close(Stage stage, PostgresServer postgres, Path folder) throws IOException {
    stage.close();
    postgres.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
