package io.gradelane.cluster.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for those who come back to them. They lie below the range from which the system takes one for every connection,
 * else a restarted node could find its own taken by a client.
 */
final class Ports {

  private static final int ROOM = 1000;
  private static final int FIRST = Integer.getInteger("gradelane.harness.ports", 23_000);
  private static final AtomicInteger taken = new AtomicInteger();

  private Ports() {}

  /** One that nobody listens on now, and that nobody else here was given. */
  static int next() {
    for (int tries = 0; tries < ROOM; tries++) {
      int port = FIRST + taken.getAndIncrement() % ROOM;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + FIRST + " on");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
