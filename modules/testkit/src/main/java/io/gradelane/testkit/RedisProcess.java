package io.gradelane.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A Redis of this machine: the one that {@code PATH} or {@code /usr/bin} has, else the one packed in embedded-redis. */
final class RedisProcess implements RedisServer {

  private final int port;
  private final String origin;
  private final Path executable;
  private final Path directory;
  private @Nullable Process process;

  RedisProcess(int port) throws IOException {
    Optional<Path> installed = installed();
    this.port = port;
    this.executable = installed.isPresent()
        ? installed.get()
        : ExecutableProvider.newJarResourceProvider().get().toPath();
    this.origin = installed.map(path -> "installed " + path).orElse("embedded-redis");
    this.directory = Files.createTempDirectory("gradelane-redis");
  }

  private static Optional<Path> installed() {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/bin";
    return Stream.of(path.split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public void launch() throws IOException {
    List<String> command = List.of(
        executable.toString(),
        "--port",
        String.valueOf(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        directory.toString());
    process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Override
  public boolean lives() {
    return process != null && process.isAlive();
  }

  @Override
  public void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly();
      process.waitFor(Signal.DEFAULT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Override
  public void remove() throws IOException, InterruptedException {
    kill();
    Files.deleteIfExists(directory);
  }
}
