package io.gradelane.bench;

import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * How soon a job starts: a single one on an idle pool, from the first byte of its submission to its arrival at the server;
 * and the first of a great batch, which is sent over a socket whose last byte is known.
 */
final class JobsStartBench {

  private static final String SAYS =
      "jobs-start: from submission to the run's arrival at a server, on an idle pool; and the first of 100,000";

  private static final Pattern TAG = Pattern.compile("tag ([a-z0-9-]+) ");
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int SLOTS = 16;
  private static final long REST_NANOS = 20_000_000;

  private final Report report =
      new Report("jobs-start", SAYS, "what", "n", "p50 ms", "p99 ms", "max ms");
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Arrival> arrivals = new ConcurrentHashMap<>();

  /** When a server got a run, by both clocks. */
  private record Arrival(long nanos, Instant instant) {}

  private JobsStartBench() {}

  /** {@code --smoke}, {@code --samples 300}, {@code --jobs 100000}, {@code --batches 5}. */
  public static void main(String[] args) throws Exception {
    new JobsStartBench().run(Options.of(args));
  }

  private void run(Options options) throws IOException {
    HttpServer server =
        Blocking.get(vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1"));
    try (JobsNode node = new JobsNode(server.actualPort(), SLOTS)) {
      int samples = options.intOf("samples", options.smoke() ? 20 : 300);
      singles("w", node, Math.max(10, samples / 3));
      Histogram single = singles("s", node, samples);
      row("single job, submission to start", single);
      batches(
          node,
          options.intOf("jobs", options.smoke() ? 5_000 : 100_000),
          options.intOf("batches", options.smoke() ? 1 : 5));
      report.verdict("p50 ms from submission to start, idle pool", millis(single, 50), "<=", 10);
      report.finish();
    } finally {
      Blocking.get(vertx.close());
    }
  }

  private Histogram singles(String name, JobsNode node, int samples) {
    Histogram times = new Histogram(3);
    for (int i = 0; i < samples; i++) {
      String tag = name + i;
      long began = System.nanoTime();
      Http.Answer answer = Http.send(
          node.port(),
          "POST",
          "/api/v1/jobs",
          "{\"lane\":\"bulk\",\"ref\":\"" + tag
              + "\",\"run_spec\":{\"language_id\":\"python3\",\"sourcecode\":\"# tag " + tag
              + " \"}}");
      if (answer.status() != 201) {
        throw new IllegalStateException("a job was answered " + answer);
      }
      times.recordValue((arrival(tag).nanos - began) / 1_000);
      LockSupport.parkNanos(REST_NANOS);
    }
    return times;
  }

  private void batches(JobsNode node, int jobs, int count) throws IOException {
    Histogram answers = new Histogram(3);
    Histogram starts = new Histogram(3);
    Histogram written = new Histogram(3);
    for (int i = 0; i < count; i++) {
      String name = "b" + i;
      Sent sent = post(node.port(), JobsNode.batch(name, jobs, false));
      Arrival first = arrival(name + "-1");
      JsonObject batch = new JsonObject(sent.body);
      answers.recordValue((sent.answered - sent.lastByte) / 1_000);
      starts.recordValue(Math.max(0, first.nanos - sent.answered) / 1_000);
      Instant createdAt = Instant.parse(batch.getString("createdAt"));
      written.recordValue(
          Math.max(0, Duration.between(createdAt, first.instant).toNanos() / 1_000));
      Http.send(
          node.port(), "PATCH", "/api/v1/batches/" + batch.getString("id"), "{\"cancelled\":true}");
    }
    row("last byte of " + jobs + " jobs to the answer", answers);
    row("the answer to the first start", starts);
    row("the batch's row written, before its commit, to the first start", written);
    report.verdict("ms from the last byte to the answer", millis(answers, 100), "<=", 2_000);
    report.verdict("ms from before the commit to the first start", millis(written, 50), "<=", 50);
  }

  private void row(String what, Histogram times) {
    report.row(
        what, times.getTotalCount(), millis(times, 50), millis(times, 99), millis(times, 100));
  }

  private static double millis(Histogram times, double percentile) {
    return times.getValueAtPercentile(percentile) / 1e3;
  }

  private Arrival arrival(String tag) {
    Eventually.await("run " + tag + " arrives", LONGEST, () -> arrivals.containsKey(tag));
    return arrivals.getOrDefault(tag, new Arrival(0, Instant.EPOCH));
  }

  private record Sent(long lastByte, long answered, String body) {}

  private static Sent post(int port, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /api/v1/batches HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: "
                  + bytes.length + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
      out.flush();
      long lastByte = System.nanoTime();
      BufferedReader in = new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String status = in.readLine();
      long answered = System.nanoTime();
      if (status == null || !status.contains(" 201 ")) {
        throw new IOException("a batch was answered " + status);
      }
      String answer = in.lines().reduce("", (first, next) -> next);
      return new Sent(lastByte, answered, answer);
    }
  }

  private void serve(HttpServerRequest request) {
    Arrival now = new Arrival(System.nanoTime(), Instant.now());
    if (!request.path().contains("/runs")) {
      answer(request, "[[\"c\",\"12.2.0\"],[\"python3\",\"3.11.2\"]]");
      return;
    }
    request.body().onSuccess(body -> {
      String text = body.toString();
      Matcher tag = TAG.matcher(text);
      if (tag.find()) {
        arrivals.putIfAbsent(tag.group(1), now);
      }
      answer(
          request,
          "{\"run_id\":null,\"outcome\":15,\"cmpinfo\":\"\",\"stdout\":\""
              + (text.contains("gradelane probe") ? "42\\n" : "") + "\",\"stderr\":\"\"}");
    });
  }

  private static void answer(HttpServerRequest request, String body) {
    request.response().putHeader("Content-Type", "application/json").end(body);
  }
}
