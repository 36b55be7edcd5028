package io.gradelane.bench;

import io.gradelane.bench.Stage.Player;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the gateway costs a run that needs not wait. */
final class OverheadBench {

  private static final int SLOTS = 256;
  private static final String SAYS =
      "overhead: runs a second and latency through Gradelane, HAProxy (stick table on the job id,"
          + " maxconn " + SLOTS + ") and nginx, against the same stub Jobe asked directly;"
          + " 2 KB in, 1 KB out, closed loop, median of interleaved rounds";

  private record Point(int delayMillis, int connections) {}

  private final Options options;
  private final Report report = new Report(
      "overhead",
      SAYS,
      "backend ms",
      "connections",
      "through",
      "runs/s",
      "p50 ms",
      "p99 ms",
      "cpu us/run",
      "failed",
      "of direct",
      "of HAProxy");

  private OverheadBench(Options options) {
    this.options = options;
  }

  /** {@code --smoke}, {@code --rounds 3}, {@code --seconds 4}, {@code --without gradelane}: the peers alone. */
  public static void main(String[] args) throws IOException {
    new OverheadBench(Options.of(args)).run();
  }

  private void run() throws IOException {
    try (Stage stage = new Stage();
        Wrk wrk = new Wrk()) {
      List<Player> players = players(stage);
      for (Player player : players) {
        warmUp(wrk, player);
      }
      for (int delay : new int[] {0, 50}) {
        for (int connections : new int[] {1, 32, 200}) {
          measure(wrk, players, new Point(delay, connections));
        }
      }
    }
    report.finish();
  }

  private List<Player> players(Stage stage) throws IOException {
    List<Player> players = new ArrayList<>();
    Player stub = stage.leanJobe();
    players.add(stub);
    stage.haproxy("haproxy", haproxy(stub.port())).ifPresent(players::add);
    stage.nginx(stub.port()).ifPresent(players::add);
    if (options.textOf("without", "").isEmpty()) {
      players.add(gradelane(stage, stub));
    }
    return players;
  }

  private static Player gradelane(Stage stage, Player stub) throws IOException {
    return stage.gradelane(
        "gradelane",
        "[{url: 'http://127.0.0.1:" + stub.port() + "', slots: " + SLOTS + ", cores: " + SLOTS
            + "}]",
        Map.of());
  }

  private static String haproxy(int target) {
    return """
          default_backend servers
        backend servers
          balance leastconn
          stick-table type string len 32 size 1m expire 10m
          stick on req.hdr(X-CodeRunner-Job-Id)
          server s1 127.0.0.1:%d maxconn %d
        """.formatted(target, SLOTS);
  }

  /** Until compilers have had their turn; counted in runs, since on a busy machine seconds say nothing. */
  private void warmUp(Wrk wrk, Player player) throws IOException {
    long wanted = options.smoke() ? 100 : 100_000;
    long met = 0;
    for (int i = 0; i < 15 && met < wanted; i++) {
      met += wrk.run(player.port(), 0, 128, options.smoke() ? 1 : 3).requests();
    }
  }

  private void measure(Wrk wrk, List<Player> players, Point point) throws IOException {
    Map<String, List<Wrk.Result>> results = new HashMap<>();
    int rounds = options.intOf("rounds", options.smoke() ? 1 : 3);
    for (int round = 0; round < rounds; round++) {
      for (Player player : players) {
        results
            .computeIfAbsent(player.name(), name -> new ArrayList<>())
            .add(round(wrk, players.getFirst(), player, point));
      }
    }
    players.forEach(player -> row(point, player.name(), results));
    verdicts(point, results);
  }

  /** Fails if a peer was fast because it answered without running anything. */
  private Wrk.Result round(Wrk wrk, Player stub, Player player, Point point) throws IOException {
    long before = runsOf(stub);
    Duration cpuBefore = player.cpu();
    Wrk.Result result =
        wrk.run(player.port(), point.delayMillis, point.connections, seconds(point));
    double cpuMicros = player.cpu().minus(cpuBefore).toNanos() / 1e3 / result.requests();
    long ran = runsOf(stub) - before;
    if (ran < result.requests() - result.failed()) {
      throw new IOException(
          player.name() + " answered " + result.requests() + " runs, but only " + ran + " ran");
    }
    return result.withCpu(cpuMicros);
  }

  /**
   * Longer with a backend that takes its time: the first runs of all connections come at once, and in 4 s of 50 ms each
   * they alone would be the p99.
   */
  private int seconds(Point point) {
    int seconds = options.intOf("seconds", options.smoke() ? 1 : 4);
    return point.delayMillis > 0 && point.connections > 32 ? 3 * seconds : seconds;
  }

  private static long runsOf(Player stub) {
    return new JsonObject(Http.get(stub.port(), "/stats").body()).getLong("runs");
  }

  private void row(Point point, String name, Map<String, List<Wrk.Result>> results) {
    report.row(
        point.delayMillis,
        point.connections,
        name,
        median(results, name, Wrk.Result::perSecond),
        median(results, name, Wrk.Result::p50Millis),
        median(results, name, Wrk.Result::p99Millis),
        median(results, name, Wrk.Result::cpuMicros),
        results.getOrDefault(name, List.of()).stream()
            .mapToLong(Wrk.Result::failed)
            .sum(),
        ratio(results, name, "direct"),
        ratio(results, name, "haproxy"));
  }

  private void verdicts(Point point, Map<String, List<Wrk.Result>> results) {
    String where = point.delayMillis + " ms, " + point.connections + " connections: ";
    if (!results.containsKey("gradelane")) {
      return;
    }
    if (point.delayMillis == 0 && point.connections > 1 && results.containsKey("haproxy")) {
      report.verdict(
          where + "throughput of HAProxy's",
          ratio(results, "gradelane", "haproxy"),
          ">=",
          point.connections == 32 ? 0.6 : 0.55);
    }
    if (point.delayMillis == 50 && point.connections == 200 && results.containsKey("direct")) {
      report.verdict(
          where + "throughput of direct", ratio(results, "gradelane", "direct"), ">=", 0.98);
      report.verdict(
          where + "p99 above direct's, ms",
          median(results, "gradelane", Wrk.Result::p99Millis)
              - median(results, "direct", Wrk.Result::p99Millis),
          "<=",
          5);
    }
  }

  /** The median of the ratios within each round. */
  private static double ratio(Map<String, List<Wrk.Result>> results, String name, String against) {
    List<Wrk.Result> ours = results.get(name);
    List<Wrk.Result> theirs = results.get(against);
    if (theirs == null || ours == null) {
      return Double.NaN;
    }
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ours.size(); round++) {
      ratios.add(ours.get(round).perSecond() / theirs.get(round).perSecond());
    }
    return median(ratios);
  }

  private static double median(
      Map<String, List<Wrk.Result>> results, String name, ToDoubleFunction<Wrk.Result> of) {
    List<Wrk.Result> rounds = results.getOrDefault(name, List.of());
    return median(rounds.stream().map(of::applyAsDouble).toList());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }
}
