package io.gradelane.bench;

import io.gradelane.bench.Stage.Player;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the record of every run costs: a node that keeps it and one that keeps none, each with a PostgreSQL of its own, by
 * turns before the same {@link LeanJobe}.
 */
final class RecordsBench {

  private static final int SLOTS = 256;
  private static final String SAYS =
      "records: runs a second through a node that keeps the record of every run, against one that keeps none;"
          + " a backend of 0 ms, closed loop, medians of rounds by turns";

  private final Options options;
  private final Report report = new Report(
      "records",
      SAYS,
      "connections",
      "round",
      "without, runs/s",
      "with, runs/s",
      "without, cpu us",
      "with, cpu us",
      "ratio");

  private RecordsBench(Options options) {
    this.options = options;
  }

  /** {@code --smoke}, {@code --rounds 7}, {@code --seconds 4}. */
  public static void main(String[] args) throws IOException {
    new RecordsBench(Options.of(args)).run();
  }

  private void run() throws IOException {
    try (Stage stage = new Stage();
        Wrk wrk = new Wrk()) {
      int server = stage.leanJobe().port();
      Player without = node(stage, "without", server, "false");
      Player with = node(stage, "with", server, "true");
      for (int i = 0; i < (options.smoke() ? 1 : 4); i++) {
        measure(wrk, without, 128);
        measure(wrk, with, 128);
      }
      for (int connections : new int[] {32, 200}) {
        compare(wrk, without, with, connections);
      }
    }
    report.finish();
  }

  private static Player node(Stage stage, String name, int server, String records)
      throws IOException {
    return stage.gradelane(
        name,
        "[{url: 'http://127.0.0.1:" + server + "', slots: " + SLOTS + ", cores: " + SLOTS + "}]",
        Map.of("GRADELANE_RECORDS_ENABLED", records));
  }

  private void compare(Wrk wrk, Player without, Player with, int connections) throws IOException {
    List<Double> ratios = new ArrayList<>();
    int rounds = options.intOf("rounds", options.smoke() ? 1 : 7);
    for (int round = 1; round <= rounds; round++) {
      boolean first = round % 2 == 0;
      Wrk.Result kept = first ? measure(wrk, with, connections) : null;
      Wrk.Result plain = measure(wrk, without, connections);
      kept = kept == null ? measure(wrk, with, connections) : kept;
      double ratio = kept.perSecond() / plain.perSecond();
      ratios.add(ratio);
      report.row(
          connections,
          round,
          plain.perSecond(),
          kept.perSecond(),
          plain.cpuMicros(),
          kept.cpuMicros(),
          ratio);
    }
    report.verdict(
        connections + " connections: with records, of without",
        ratios.stream().sorted().toList().get(ratios.size() / 2),
        ">=",
        0.95);
  }

  /** The processor time of the node's PostgreSQL is not in it, as that is no child of the node's. */
  private Wrk.Result measure(Wrk wrk, Player node, int connections) throws IOException {
    var before = node.cpu();
    Wrk.Result result =
        wrk.run(node.port(), 0, connections, options.intOf("seconds", options.smoke() ? 1 : 4));
    return result.withCpu(node.cpu().minus(before).toNanos() / 1e3 / result.requests());
  }
}
