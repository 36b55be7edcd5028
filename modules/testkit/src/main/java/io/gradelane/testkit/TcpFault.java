package io.gradelane.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A TCP relay to one address that can spoil what passes: late, in slices, cut off, half closed, swallowed, or not at all.
 *
 * <p>Methods may be called from any thread. What they change holds for open connections too.
 */
public final class TcpFault implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Set<Socket> servers = ConcurrentHashMap.newKeySet();
  private final Set<Socket> mute = ConcurrentHashMap.newKeySet();
  private volatile Duration delay = Duration.ZERO;
  private volatile Duration answerDelay = Duration.ZERO;
  private volatile int sliceBytes = BUFFER_BYTES;
  private volatile long answerBytes = Long.MAX_VALUE;
  private volatile boolean refusing;
  private volatile boolean swallowing;

  private TcpFault(InetSocketAddress ours, InetSocketAddress target) throws IOException {
    this.target = target;
    listener = new ServerSocket(ours.getPort(), 1024, ours.getAddress());
    Thread.ofVirtual().name("tcp-fault").start(this::acceptAll);
  }

  /** Starts a relay to {@code port} on this machine. */
  public static TcpFault before(int port) {
    return between(loopback(0), loopback(port));
  }

  /** Starts a relay that listens at one address and passes on to another. */
  public static TcpFault between(InetSocketAddress ours, InetSocketAddress target) {
    try {
      return new TcpFault(ours, target);
    } catch (IOException e) {
      throw new AssertionError("no relay from " + ours + " to " + target, e);
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Each piece, in both directions, is passed on so much later. */
  public TcpFault delay(Duration each) {
    delay = each;
    return this;
  }

  /** Each piece of an answer is passed on so much later; what is asked passes at once. */
  public TcpFault delayAnswers(Duration each) {
    answerDelay = each;
    return this;
  }

  /** Nothing bigger than this is passed on at once. */
  public TcpFault slice(int bytes) {
    sliceBytes = bytes;
    return this;
  }

  /** New connections are reset as soon as they have passed so many bytes of the answer. */
  public TcpFault cutAnswersAfter(long bytes) {
    answerBytes = bytes;
    return this;
  }

  /** Resets what is open now. */
  public TcpFault cut() {
    clients.forEach(TcpFault::reset);
    servers.forEach(TcpFault::reset);
    return this;
  }

  /** Resets whatever connects, as long as {@code on}. */
  public TcpFault refuse(boolean on) {
    refusing = on;
    return this;
  }

  /**
   * As long as {@code on}, whatever anybody sends is taken and never arrives; what connects meanwhile is taken too. What
   * was open then stays so for good: it is neither heard nor ended.
   */
  public TcpFault swallow(boolean on) {
    swallowing = on;
    if (on) {
      mute.addAll(clients);
      mute.addAll(servers);
    }
    return this;
  }

  /** Tells the servers of all open connections that their client will send no more; answers still pass. */
  public TcpFault halfClose() {
    servers.forEach(TcpFault::shutdownOutput);
    return this;
  }

  /** Connections that are open now. */
  public int open() {
    return clients.size();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    cut();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (refusing) {
          reset(client);
        } else {
          Thread.ofVirtual().start(() -> relay(client));
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private void relay(Socket client) {
    Socket server = new Socket();
    try {
      server.connect(target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException e) {
      reset(client);
      return;
    }
    clients.add(client);
    servers.add(server);
    if (swallowing) {
      mute.addAll(List.of(client, server));
    }
    Thread requests =
        Thread.ofVirtual().start(() -> pass(client, server, Long.MAX_VALUE, () -> delay));
    pass(server, client, answerBytes, () -> delay.plus(answerDelay));
    join(requests);
    clients.remove(client);
    servers.remove(server);
    mute.removeAll(Set.of(client, server));
    reset(client);
    reset(server);
  }

  private void pass(Socket from, Socket to, long most, Supplier<Duration> late) {
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = most;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
        if (mute.contains(from)) {
          continue;
        }
        LockSupport.parkNanos(late.get().toNanos());
        int pass = (int) Math.min(left, n);
        out.write(Arrays.copyOf(buffer, pass));
        out.flush();
        left -= pass;
        if (left == 0) {
          reset(from);
          reset(to);
          return;
        }
      }
      if (!mute.contains(from)) {
        shutdownOutput(to);
      }
    } catch (IOException e) {
      reset(from);
      reset(to);
    }
  }

  private int read(InputStream in, byte[] buffer) throws IOException {
    return in.read(buffer, 0, Math.min(sliceBytes, buffer.length));
  }

  private static void shutdownOutput(Socket socket) {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      reset(socket);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already: there is nothing left to reset.
    }
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
