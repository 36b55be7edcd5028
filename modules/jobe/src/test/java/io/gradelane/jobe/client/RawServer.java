package io.gradelane.jobe.client;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads requests off a socket and lets a script answer whatever it likes. */
final class RawServer {

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

  final List<String> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  final CountDownLatch oneHasClosed = new CountDownLatch(1);
  /** Told the socket and the number of the request, from 1. */
  volatile BiConsumer<NetSocket, Integer> answer = (socket, count) -> {};

  private final NetServer server;

  RawServer(Vertx vertx) throws Exception {
    server = vertx.createNetServer().connectHandler(socket -> {
      connections.incrementAndGet();
      StringBuilder held = new StringBuilder();
      socket.exceptionHandler(broken -> {});
      socket.closeHandler(gone -> oneHasClosed.countDown());
      socket.handler(chunk -> {
        held.append(chunk);
        String text = held.toString();
        if (isWhole(text)) {
          held.setLength(0);
          requests.add(text);
          answer.accept(socket, requests.size());
        }
      });
    });
    Waiting.on(server.listen(0, "127.0.0.1"));
  }

  private static boolean isWhole(String text) {
    int head = text.indexOf("\r\n\r\n");
    Matcher length = LENGTH.matcher(text);
    int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return head >= 0 && text.length() >= head + 4 + body;
  }

  int port() {
    return server.actualPort();
  }

  void stop() throws Exception {
    Waiting.on(server.close());
  }

  static String ok(String body, String... headers) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
        + "\r\n" + String.join("", headers) + "\r\n" + body;
  }
}
