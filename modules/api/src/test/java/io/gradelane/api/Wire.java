package io.gradelane.api;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One raw connection, so that a test can send what no client would. */
final class Wire implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 20_000;

  /** An answer as it came; header names in lower case. */
  record Answer(int status, List<String> headers, String body) {

    /** The values of one header, joined as RFC 9110 section 5.2 says; empty if there is none. */
    String header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ": ";
      return String.join(
          ", ",
          headers.stream()
              .filter(each -> each.startsWith(start))
              .map(each -> each.substring(start.length()))
              .toList());
    }
  }

  /** A frame of a WebSocket. */
  record Frame(int opcode, String text) {}

  private final Socket socket;
  private final InputStream in;

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  static Wire open(int port) {
    try {
      return new Wire(new Socket(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One exchange on a connection of its own. */
  static Answer once(int port, String request) {
    try (Wire wire = open(port)) {
      return wire.send(request).answer();
    }
  }

  Wire send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Wire send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next answer, interim ones included. */
  Answer answer() {
    return answer(false);
  }

  Answer answerToHead() {
    return answer(true);
  }

  private Answer answer(boolean toHead) {
    try {
      int status = Integer.parseInt(line().split(" ", 3)[1]);
      List<String> headers = new ArrayList<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        headers.add(line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon));
      }
      Answer head = new Answer(status, headers, "");
      byte[] body = toHead ? new byte[0] : body(head);
      return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A masked one, as clients send them; the mask is all zeros. */
  Wire sendFrame(int opcode, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[6 + payload.length];
    frame[0] = (byte) (0x80 | opcode);
    frame[1] = (byte) (0x80 | payload.length);
    System.arraycopy(payload, 0, frame, 6, payload.length);
    return send(frame);
  }

  /** The next one, of up to 64 KB. */
  Frame frame() {
    try {
      int opcode = in.read() & 0x0f;
      int length = in.read();
      length = length < 126 ? length : in.read() << 8 | in.read();
      return new Frame(opcode, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] body(Answer head) throws IOException {
    if (head.header("transfer-encoding").equals("chunked")) {
      return chunks();
    }
    String length = head.header("content-length");
    return length.isEmpty() ? new byte[0] : in.readNBytes(Integer.parseInt(length));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      body.write(in.readNBytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed after '" + line + "'");
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /** Whether something can be read that nobody has read yet. */
  boolean hasCome() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the other side closes the connection without another byte. */
  boolean isClosed() {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Closes it as a caller does who goes away. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
