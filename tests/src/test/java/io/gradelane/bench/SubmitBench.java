package io.gradelane.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A great batch sent to a real node, with its usual heap and its own PostgreSQL: seconds from the last byte of the upload
 * to the answer, line by line (NDJSON) and as one JSON body. The batch is paused, so nothing else is measured.
 */
public final class SubmitBench {

  private static final String SAYS =
      "submit: 100,000 jobs with a template in one call, from the last byte to the answer";

  private static final String HEAD =
      "{\"name\":\"bench\",\"paused\":true,\"template\":{\"language_id\":\"python3\"}";

  private final int port;
  private final Process process;
  private final Report report =
      new Report("submit", SAYS, "form", "jobs", "bytes", "sending s", "answer s", "node MB");

  private SubmitBench(Stage.Player node) {
    port = node.port();
    process = node.process();
  }

  /** {@code --smoke}. */
  public static void main(String[] args) throws Exception {
    boolean smoke = Options.of(args).smoke();
    try (Stage stage = new Stage()) {
      String servers = "[\"http://127.0.0.1:" + stage.leanJobe().port() + "\"]";
      new SubmitBench(stage.gradelane("gradelane", servers, Map.of())).run(smoke);
    }
  }

  private void run(boolean smoke) throws IOException, InterruptedException {
    int jobs = smoke ? 2_000 : 100_000;
    awaitDatabase();
    send("application/x-ndjson", lines(1_000));
    String lines = lines(jobs);
    for (int i = 0; i < (smoke ? 1 : 3); i++) {
      measure("NDJSON", jobs, "application/x-ndjson", lines);
    }
    measure("JSON", jobs, "application/json", whole(jobs));
    report.finish();
  }

  private void measure(String form, int jobs, String type, String body) throws IOException {
    double[] seconds = send(type, body);
    report.row(form, jobs, body.length(), seconds[0], seconds[1], residentMb());
    report.verdict(
        "seconds to take " + jobs + " jobs as " + form + ", from the last byte",
        seconds[1],
        "<=",
        2);
  }

  /** Seconds for sending, and from the last byte to the answer. */
  private double[] send(String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      long began = System.nanoTime();
      out.write(("POST /api/v1/batches HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type
              + "\r\nContent-Length: " + bytes.length + "\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
      out.flush();
      long sent = System.nanoTime();
      String status = new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
      long answered = System.nanoTime();
      if (status == null || !status.contains(" 201 ")) {
        throw new IOException("the batch was not taken: " + status);
      }
      return new double[] {(sent - began) / 1e9, (answered - sent) / 1e9};
    }
  }

  private void awaitDatabase() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (Http.get(port, "/api/v1/batches").status() != 200) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("the node has no database after a minute");
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  private static String lines(int jobs) {
    return HEAD + "}\n"
        + IntStream.rangeClosed(1, jobs)
            .mapToObj(SubmitBench::job)
            .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String whole(int jobs) {
    return HEAD + ",\"jobs\":["
        + IntStream.rangeClosed(1, jobs).mapToObj(SubmitBench::job).collect(Collectors.joining(","))
        + "]}";
  }

  /** 200 bytes. */
  private static String job(int number) {
    String start = "{\"ref\":\"student-" + number + "\",\"run_spec\":{\"sourcecode\":\"print(";
    return start + "1".repeat(195 - start.length()) + ")\"}}";
  }

  private long residentMb() throws IOException {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(-1);
  }
}
