package io.gradelane.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One request on its own loopback connection, as CodeRunner does it. Blocks: for virtual threads. */
final class Http {

  static final String RUNS = "/jobe/index.php/restapi/runs";

  /** {@code status} 0: the connection failed, and {@code body} says how. */
  record Answer(int status, String body) {

    /** A run that was executed, on whose stdout its own tag came back. */
    boolean right(String tag) {
      return status == 200 && body.contains("\"outcome\":15") && body.contains("\"" + tag + " ");
    }

    boolean refused() {
      return status == 200 && body.contains("\"outcome\":21");
    }
  }

  private Http() {}

  static Answer get(int port, String path) {
    return exchange(port, "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  }

  static Answer send(int port, String method, String path, String body) {
    return exchange(
        port,
        method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nIf-Match: *\r\nContent-Length: "
            + body.length() + "\r\n\r\n" + body);
  }

  /** @param prefix before {@code /jobe/…}: a lane's, or nothing */
  static Answer run(int port, String prefix, String jobId, String body) {
    return exchange(
        port,
        "POST " + prefix + RUNS + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + "Content-Type: application/json; charset=utf-8\r\nAccept: application/json\r\n"
            + "X-CodeRunner-Job-Id: " + jobId + "\r\nContent-Length: " + body.length()
            + "\r\n\r\n" + body);
  }

  /** A run that takes {@code millis} on a {@link LeanJobe} and prints its tag. */
  static String sleeping(long millis, String tag) {
    return "{\"run_spec\":{\"language_id\":\"python3\",\"sourcecode\":\"# sleep " + millis
        + " tag " + tag + " \",\"sourcefilename\":\"t.py\",\"input\":\"\",\"file_list\":[],"
        + "\"parameters\":{\"cputime\":30}}}";
  }

  private static Answer exchange(int port, String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return answer(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException | RuntimeException e) {
      return new Answer(0, String.valueOf(e));
    }
  }

  private static Answer answer(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ", 3)[1]);
    int length = -1;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    byte[] body = length < 0 ? in.readAllBytes() : in.readNBytes(length);
    return new Answer(status, new String(body, StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}
