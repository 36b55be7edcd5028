package io.gradelane.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis on a loopback port, without persistence: the one that {@code PATH} or {@code /usr/bin} has, else the 6.2
 * that is packed in embedded-redis. {@link #origin} says which.
 */
public final class RedisFixture implements AutoCloseable {

  private final String origin;
  private final Path executable;
  private final Path directory;
  private final int port;
  private Process process;

  private RedisFixture() throws IOException {
    Optional<Path> installed = installed();
    executable = installed.isPresent()
        ? installed.get()
        : ExecutableProvider.newJarResourceProvider().get().toPath();
    origin = installed.map(path -> "installed " + path).orElse("embedded-redis");
    directory = Files.createTempDirectory("gradelane-redis");
    port = freePort();
    process = launch();
  }

  /** Starts one; returns when it answers. */
  public static RedisFixture start() {
    try {
      return new RedisFixture();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI url() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  /** Where the executable came from, for the test's log. */
  public String origin() {
    return origin;
  }

  /** Gone at once, with all that it held. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(Signal.DEFAULT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Back on its port, empty. */
  public void revive() {
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
    try {
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() throws IOException {
    Process started = new ProcessBuilder(List.of(
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
            directory.toString()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    Eventually.await("Redis answers (" + origin + ")", () -> {
      if (!started.isAlive()) {
        throw new AssertionError("Redis ended with " + started.exitValue() + " (" + origin + ")");
      }
      return answers();
    });
    return started;
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Optional<Path> installed() {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/bin";
    return Stream.of(path.split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
