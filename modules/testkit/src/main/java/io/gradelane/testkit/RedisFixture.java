package io.gradelane.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * A real Redis on a loopback port: in a container where Docker answers, else one that is installed, else the one that is
 * packed in embedded-redis. {@link #origin} says which.
 */
public final class RedisFixture implements AutoCloseable {

  private final int port;
  private final RedisServer server;

  private RedisFixture() throws IOException {
    port = FreePort.next();
    server = Docker.answers() ? new RedisContainer(port) : new RedisProcess(port);
    launch();
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

  /** Where it came from, for the test's log. */
  public String origin() {
    return server.origin();
  }

  /** Gone at once, with all that it held. */
  public void kill() {
    try {
      server.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Back on its port, empty. */
  public void revive() {
    try {
      launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.remove();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void launch() throws IOException {
    server.launch();
    Eventually.await("Redis answers (" + origin() + ")", () -> {
      if (!server.lives()) {
        throw new AssertionError("Redis has ended (" + origin() + ")");
      }
      return answers();
    });
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
