package io.gradelane.bench;

import io.gradelane.bench.Crowd.Visits;
import io.gradelane.bench.Stage.Player;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a class that clicks at the same moment meets. */
final class BurstBench {

  private static final int SLOTS = 10;
  private static final int RUN_MILLIS = 100;
  private static final String SAYS =
      "burst: 30, 100, 200 and 2,000 runs of " + RUN_MILLIS + " ms at the same moment on one server"
          + " of " + SLOTS + " slots: a stub that waits as Jobe does (looks for a slot each second,"
          + " ten times, then outcome 21) asked directly, against Gradelane and HAProxy (maxconn "
          + SLOTS + ") in front of it; makespan against ideal = ceil(n/slots) x time";

  private final Options options;
  private final Report report = new Report(
      "burst",
      SAYS,
      "runs",
      "through",
      "right",
      "refused",
      "failed",
      "p50 ms",
      "p95 ms",
      "makespan ms",
      "of ideal",
      "most in flight");

  private BurstBench(Options options) {
    this.options = options;
  }

  /** {@code --smoke}: up to 200 runs. {@code --rounds 3}: the one of the median makespan is told. */
  public static void main(String[] args) throws Exception {
    new BurstBench(Options.of(args)).run();
  }

  private record Round(Visits visits, long mostInFlight) {}

  private void run() throws IOException, InterruptedException {
    int[] sizes = options.smoke() ? new int[] {30, 200} : new int[] {30, 100, 200, 2000};
    for (int size : sizes) {
      Map<String, List<Round>> rounds = new HashMap<>();
      List<String> names = List.of();
      for (int i = 0; i < options.intOf("rounds", options.smoke() ? 1 : 3); i++) {
        names = round(size, rounds);
      }
      for (String name : names) {
        tell(size, name, rounds.getOrDefault(name, List.of()));
      }
    }
    report.finish();
  }

  /** Fresh processes and stubs each time: what is counted belongs to this burst. */
  private List<String> round(int size, Map<String, List<Round>> rounds)
      throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    for (String name : List.of("direct", "haproxy", "gradelane")) {
      try (Stage stage = new Stage()) {
        Player stub = stage.leanJobe("--slots", String.valueOf(SLOTS));
        Player front = front(stage, name, stub);
        warmUp(front);
        Visits visits = Crowd.atOnce(size, i -> Crowd.visit(front.port(), "", RUN_MILLIS, "r" + i));
        rounds
            .computeIfAbsent(name, key -> new ArrayList<>())
            .add(new Round(visits, mostInFlight(stub)));
        names.add(name);
      }
    }
    return names;
  }

  /** A gateway that has been up for a while, not one whose code is still being compiled. */
  private void warmUp(Player front) throws InterruptedException {
    for (int i = 0; i < (options.smoke() ? 1 : 40); i++) {
      Crowd.atOnce(SLOTS, client -> Crowd.visit(front.port(), "", 1, "warm" + client));
    }
  }

  private static Player front(Stage stage, String name, Player stub) throws IOException {
    return switch (name) {
      case "direct" -> stub;
      case "haproxy" ->
        stage
            .haproxy(name, """
                  default_backend servers
                backend servers
                  server s1 127.0.0.1:%d maxconn %d
                """.formatted(stub.port(), SLOTS))
            .orElseThrow(() -> new IOException("HAProxy is not installed"));
      default ->
        stage.gradelane(
            name,
            "[{url: 'http://127.0.0.1:" + stub.port() + "', slots: " + SLOTS + ", cores: " + SLOTS
                + "}]",
            Map.of());
    };
  }

  private void tell(int size, String name, List<Round> rounds) {
    Round round = rounds.stream()
        .sorted((a, b) -> Double.compare(a.visits.makespanMillis(), b.visits.makespanMillis()))
        .toList()
        .get(rounds.size() / 2);
    double ideal = Math.ceilDiv(size, SLOTS) * (double) RUN_MILLIS;
    Visits visits = round.visits;
    report.row(
        size,
        name,
        visits.right(),
        visits.refused(),
        visits.failed(),
        visits.percentile(50),
        visits.percentile(95),
        visits.makespanMillis(),
        visits.makespanMillis() / ideal,
        round.mostInFlight);
    if (name.equals("gradelane")) {
      report.verdict(
          size + " runs: refused or failed",
          rounds.stream().mapToLong(r -> size - r.visits.right()).sum(),
          "<=",
          0);
    }
    if (name.equals("gradelane") && size == 2000) {
      report.verdict(
          size + " runs: makespan of ideal", visits.makespanMillis() / ideal, "<=", 1.05);
    }
  }

  private static long mostInFlight(Player stub) {
    return new JsonObject(Http.get(stub.port(), "/stats").body()).getLong("mostInFlight");
  }
}
