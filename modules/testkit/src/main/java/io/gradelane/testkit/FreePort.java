package io.gradelane.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loopback port for somebody who takes it later, or leaves it for a while and comes back to it. It is none of those that
 * the system gives to connections and to whoever asks for any port, so nobody else takes it meanwhile; no process gets one
 * twice.
 */
public final class FreePort {

  private static final int FIRST = 21_000;
  private static final int MANY = 9_000;

  /** Two processes at a time begin far from one another. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % MANY));

  private FreePort() {}

  /** @throws AssertionError if none is free */
  public static int next() {
    for (int tries = 0; tries < MANY; tries++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), MANY);
      if (isFree(port)) {
        return port;
      }
    }
    throw new AssertionError("no port from " + FIRST + " to " + (FIRST + MANY - 1) + " is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
