package io.gradelane.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The load generator {@code wrk}: closed loop, kept connections, one thread. */
final class Wrk implements AutoCloseable {

  private static final int SOURCE_BYTES = 1600;

  /**
   * @param failed connections, reads, writes, time-outs and statuses above 399
   * @param cpuMicros processor time of whoever was asked, per request
   */
  record Result(
      long requests,
      double perSecond,
      double p50Millis,
      double p99Millis,
      long failed,
      double cpuMicros) {

    Result withCpu(double micros) {
      return new Result(requests, perSecond, p50Millis, p99Millis, failed, micros);
    }
  }

  private static final String SCRIPT = """
      local requests = {}
      local at = 0
      function init(args)
        for i = 1, 256 do
          requests[i] = wrk.format("POST", "/jobe/index.php/restapi/runs", {
            ["Content-Type"] = "application/json; charset=utf-8",
            ["Accept"] = "application/json",
            ["User-Agent"] = "MoodleBot/5.1 (+https://moodle.example.edu)",
            ["X-CodeRunner-Job-Id"] = string.format("%08x", i * 8388593)
          }, BODY)
        end
      end
      function request()
        at = at % 256 + 1
        return requests[at]
      end
      function done(summary, latency, requests)
        local e = summary.errors
        io.write(string.format(
          'JSON {"requests":%d,"micros":%d,"p50":%d,"p99":%d,"failed":%d}\\n',
          summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
          e.connect + e.read + e.write + e.status + e.timeout))
      end
      """;

  private final Path folder = Files.createTempDirectory("gradelane-wrk");

  Wrk() throws IOException {}

  /** @param millis how long a {@link LeanJobe} takes for each run */
  private Path script(int millis) throws IOException {
    String body =
        "{\"run_spec\":{\"language_id\":\"python3\",\"sourcecode\":\"# sleep " + millis + " "
            + "print(1) # ".repeat(SOURCE_BYTES / 11)
            + "\",\"sourcefilename\":\"__tester__.python3\",\"input\":\"\",\"file_list\":[],"
            + "\"parameters\":{\"cputime\":5},\"jobeserver\":\"127.0.0.1\"}}";
    return Files.writeString(
        folder.resolve("post.lua"), "local BODY = [==[" + body + "]==]\n" + SCRIPT);
  }

  Result run(int port, int millis, int connections, int seconds) throws IOException {
    List<String> said = new ArrayList<>();
    Process process = new ProcessBuilder(
            "wrk",
            "-t1",
            "-c" + connections,
            "-d" + seconds + "s",
            "--timeout",
            "10s",
            "-s",
            script(millis).toString(),
            "http://127.0.0.1:" + port)
        .redirectErrorStream(true)
        .start();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(said::add);
    }
    return said.stream()
        .filter(line -> line.startsWith("JSON "))
        .map(line -> result(new JsonObject(line.substring(5))))
        .findFirst()
        .orElseThrow(() -> new IOException("wrk: " + said));
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(folder.resolve("post.lua"));
    Files.deleteIfExists(folder);
  }

  private static Result result(JsonObject said) {
    long requests = said.getLong("requests");
    return new Result(
        requests,
        requests * 1e6 / said.getLong("micros"),
        said.getLong("p50") / 1e3,
        said.getLong("p99") / 1e3,
        said.getLong("failed"),
        Double.NaN);
  }
}
