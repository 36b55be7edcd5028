package io.gradelane.bench;

import io.gradelane.bench.Crowd.Visit;
import io.gradelane.bench.Crowd.Visits;
import io.gradelane.bench.Stage.Player;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Whether load alone turns right programs into wrong ones. */
final class JavaVerdictBench {

  private static final int SLOTS = 16;
  private static final String SAYS =
      "java-verdict: 64 small Java programs at the same moment on one embedded sandbox of " + SLOTS
          + " slots, all of them right: asked directly against through Gradelane; refusals, verdicts"
          + " that only load has caused, right answers a second";

  private final Options options;
  private final Report report = new Report(
      "java-verdict",
      SAYS,
      "through",
      "runs",
      "right",
      "refused",
      "false verdicts",
      "failed",
      "p50 ms",
      "p95 ms",
      "makespan ms",
      "right/s");

  private JavaVerdictBench(Options options) {
    this.options = options;
  }

  /**
   * {@code --smoke}, {@code --runs 64}, {@code --rounds 2}, {@code --slots}: what Gradelane is told that the sandbox has
   * (default: twice this machine's cores, as its documentation advises).
   */
  public static void main(String[] args) throws Exception {
    new JavaVerdictBench(Options.of(args)).run();
  }

  private void run() throws IOException, InterruptedException {
    int rounds = options.intOf("rounds", options.smoke() ? 1 : 2);
    for (int round = 0; round < rounds; round++) {
      double direct = measure("direct");
      double ours = measure("gradelane");
      report.verdict("right answers a second, of direct's", ours / direct, ">=", 1);
    }
    report.finish();
  }

  private double measure(String name) throws IOException, InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    try (Stage stage = new Stage()) {
      Player sandbox = stage.sandbox(SLOTS);
      Player front = name.equals("direct")
          ? sandbox
          : stage.gradelane(
              name,
              "[{url: 'http://127.0.0.1:" + sandbox.port() + "', slots: "
                  + options.intOf("slots", 2 * cores) + ", cores: " + cores + "}]",
              Map.of());
      Crowd.atOnce(1, i -> visit(front, "warm"));
      int runs = options.intOf("runs", options.smoke() ? 8 : 64);
      return tell(name, runs, Crowd.atOnce(runs, i -> visit(front, "r" + i)));
    }
  }

  private double tell(String name, int runs, Visits visits) {
    long right = visits.right();
    long lies = visits.all().stream().filter(JavaVerdictBench::falseVerdict).count();
    double perSecond = right * 1000.0 / visits.makespanMillis();
    report.row(
        name,
        runs,
        right,
        visits.refused(),
        lies,
        visits.failed() - lies,
        visits.percentile(50),
        visits.percentile(95),
        visits.makespanMillis(),
        perSecond);
    if (name.equals("gradelane")) {
      report.verdict("refused", visits.refused(), "<=", 0);
      report.verdict("false verdicts", lies, "<=", 0);
    }
    return perSecond;
  }

  private static boolean falseVerdict(Visit visit) {
    return visit.answer().status() == 200 && !visit.right() && !visit.answer().refused();
  }

  private static Visit visit(Player front, String tag) {
    long start = System.nanoTime();
    Http.Answer answer = Http.run(front.port(), "", tag, program(tag));
    return new Visit(answer, tag, start, System.nanoTime());
  }

  private static String program(String tag) {
    JsonObject spec = new JsonObject()
        .put("language_id", "java")
        .put("sourcecode", """
            import java.util.*;
            public class Prog {
              public static void main(String[] args) {
                Map<Integer, List<String>> byLength = new TreeMap<>();
                for (int i = 0; i < 2000; i++) {
                  String word = Integer.toString(i * 7919, 36);
                  byLength.computeIfAbsent(word.length(), k -> new ArrayList<>()).add(word);
                }
                System.out.println("%s " + byLength.keySet());
              }
            }
            """.formatted(tag))
        .put("sourcefilename", "Prog.java")
        .put("input", "")
        .put("file_list", List.of())
        .put("parameters", Map.of("cputime", 5));
    return new JsonObject().put("run_spec", spec).encode();
  }
}
