package io.gradelane.contract;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Says exactly what it is told over a new connection, and reads one answer. No client library tidies it up. */
final class RawClient {

  private static final int PATIENCE_MILLIS = 60_000;

  private final String host;
  private final int port;

  RawClient(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /** @param head request line and headers without the blank line, which ends with the length of {@code body} if any */
  WireAnswer send(String head, @Nullable Buffer body) throws IOException {
    boolean expects = head.contains("Expect: 100-continue");
    String whole = body == null ? head : head + "\r\nContent-Length: " + body.length();
    try (Socket socket = new Socket(host, port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      socket.getOutputStream().write((whole + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      if (expects) {
        readHead(in);
      }
      if (body != null) {
        socket.getOutputStream().write(body.getBytes());
      }
      socket.getOutputStream().flush();
      return read(in, head.startsWith("HEAD "));
    }
  }

  private static WireAnswer read(InputStream in, boolean headOnly) throws IOException {
    WireAnswer head = WireAnswer.parse(readHead(in), Buffer.buffer());
    String length = head.header("content-length");
    if (headOnly || length == null) {
      return head;
    }
    byte[] body = in.readNBytes(Integer.parseInt(length));
    return new WireAnswer(head.status(), head.headers(), Buffer.buffer(body));
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("connection closed after: " + head);
      }
      head.append((char) b);
    }
    return head.substring(0, head.length() - 4);
  }
}
