package io.gradelane.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** One HTTP request on its own connection, byte for byte as libcurl sends it. */
final class WireRequest {

  private static final int EXPECT_ABOVE_BYTES = 1024 * 1024;
  private static final int EXPECT_WAIT_MILLIS = 1000;
  private static final int CONNECT_TIMEOUT_MILLIS = 30_000;

  private WireRequest() {}

  /**
   * @param head request line and headers, each ended by CRLF, without those that describe the body
   * @param body null for none
   */
  static WireAnswer exchange(URI host, String head, @Nullable String body) throws IOException {
    try (Socket socket = connect(host)) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
      send(socket, in, head, body);
      return answer(in);
    }
  }

  /** Sends, and leaves the answer to the caller. */
  static Socket send(URI host, String head, String body) throws IOException {
    Socket socket = connect(host);
    send(socket, new BufferedInputStream(socket.getInputStream()), head, body);
    return socket;
  }

  private static Socket connect(URI host) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(
        new InetSocketAddress(host.getHost(), host.getPort() < 0 ? 80 : host.getPort()),
        CONNECT_TIMEOUT_MILLIS);
    return socket;
  }

  private static void send(Socket socket, InputStream in, String head, @Nullable String body)
      throws IOException {
    OutputStream out = socket.getOutputStream();
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    boolean expect = bytes.length > EXPECT_ABOVE_BYTES;
    String whole = head + (body == null ? "" : "Content-Length: " + bytes.length + "\r\n")
        + (expect ? "Expect: 100-continue\r\n" : "") + "\r\n";
    byte[] headBytes = whole.getBytes(StandardCharsets.UTF_8);
    if (expect) {
      out.write(headBytes);
      awaitContinue(socket, in);
      out.write(bytes);
    } else {
      byte[] both = new byte[headBytes.length + bytes.length];
      System.arraycopy(headBytes, 0, both, 0, headBytes.length);
      System.arraycopy(bytes, 0, both, headBytes.length, bytes.length);
      out.write(both);
    }
    out.flush();
  }

  /** Like libcurl: an interim answer, or a second, whichever comes first. */
  private static void awaitContinue(Socket socket, InputStream in) throws IOException {
    socket.setSoTimeout(EXPECT_WAIT_MILLIS);
    try {
      in.mark(1);
      in.read();
      in.reset();
    } catch (SocketTimeoutException e) {
      in.reset();
    } finally {
      socket.setSoTimeout(0);
    }
  }

  private static WireAnswer answer(InputStream in) throws IOException {
    String line = line(in);
    int status = Integer.parseInt(line.split(" ", 3)[1]);
    Map<String, String> headers = headers(in);
    if (status == 100) {
      return answer(in);
    }
    byte[] body = status == 204 ? new byte[0] : body(in, headers);
    return new WireAnswer(
        status, unpacked(body, headers.getOrDefault("content-encoding", "identity")));
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    String length = headers.get("content-length");
    if (length != null) {
      return exactly(in, Integer.parseInt(length));
    }
    return headers.containsKey("transfer-encoding") ? chunks(in) : in.readAllBytes();
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).replaceFirst(";.*", ""), 16);
      all.writeBytes(exactly(in, size));
      line(in);
      if (size == 0) {
        return all.toByteArray();
      }
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer broke off after " + bytes.length + " of " + length);
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection was closed");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  private static String unpacked(byte[] body, String encoding) throws IOException {
    InputStream packed = new java.io.ByteArrayInputStream(body);
    byte[] plain = switch (encoding) {
      case "identity" -> body;
      case "gzip" -> new GZIPInputStream(packed).readAllBytes();
      case "deflate" -> new InflaterInputStream(packed).readAllBytes();
      default -> throw new IOException("content-encoding: " + encoding);
    };
    return new String(plain, StandardCharsets.UTF_8);
  }
}
