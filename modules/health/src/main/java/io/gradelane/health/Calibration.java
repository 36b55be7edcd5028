package io.gradelane.health;

import io.gradelane.core.server.ServerSpec;
import io.gradelane.jobe.client.JobeClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Finds out how many slots a Jobe server deserves: runs a tiny program 1, 2, 4, 8, … at a time and looks where the rate
 * stops to grow. Beyond that, more at once only adds waiting, refusals and false verdicts.
 *
 * <p>The server should have nothing else to do meanwhile.
 */
public final class Calibration {

  /** A rate this near to the best is as good as the best. */
  private static final double NEARLY = 0.9;

  /** Growth below this is none; after so many steps without growth the end is reached. */
  private static final double GROWTH = 1.05;

  private static final int STEPS_WITHOUT_GROWTH = 2;

  /**
   * @param perStep least time for each number in flight
   * @param mostInFlight the largest number tried, 1 or more
   * @param timeout of one run
   */
  public record Options(Duration perStep, int mostInFlight, Duration timeout) {
    public static final Options DEFAULT =
        new Options(Duration.ofSeconds(4), 64, Duration.ofSeconds(60));
  }

  /**
   * What was measured with one number of runs in flight.
   *
   * @param right runs with the right answer
   * @param refused runs answered as overload
   * @param wrong runs that were lost or gave another answer
   * @param perSecond right answers a second, once all were under way
   */
  public record Step(
      int inFlight,
      int right,
      int refused,
      int wrong,
      double perSecond,
      int p50Millis,
      int p95Millis) {}

  /** What to configure. */
  public record Advice(int slots, int cores) {}

  /**
   * @param language that of the tiny program
   * @param advice empty if it ran nothing well
   */
  public record Report(String url, String language, List<Step> steps, Optional<Advice> advice) {
    public Report {
      steps = List.copyOf(steps);
    }

    static Report of(String url, String language, List<Step> steps) {
      return new Report(url, language, steps, Calibration.advice(steps));
    }

    /** A table and a sentence. */
    public String asText() {
      StringBuilder text = new StringBuilder(url + ", a tiny " + language + " program\n\n");
      text.append(" in flight   runs/s   p50 ms   p95 ms   refused   wrong\n");
      steps.forEach(step -> text.append(String.format(
          Locale.ROOT,
          "%10d %8.1f %8d %8d %9d %7d%n",
          step.inFlight,
          step.perSecond,
          step.p50Millis,
          step.p95Millis,
          step.refused,
          step.wrong)));
      return text.append('\n').append(sentence()).append('\n').toString();
    }

    private String sentence() {
      return advice
          .map(set -> "Set slots: " + set.slots + " and cores: " + set.cores + " for this server: "
              + reason(set))
          .orElse("It ran nothing well, so there is nothing to advise.");
    }

    private String reason(Advice set) {
      Step last = steps.getLast();
      if (last.inFlight > set.slots && last.refused > 0) {
        return "with " + last.inFlight + " at once it refused some.";
      }
      return last.inFlight > set.slots
          ? "more at once only wait longer, for hardly more runs a second."
          : "the rate still grew, so it may bear more.";
    }
  }

  private final ClosedLoop loop;
  private final Options options;
  private final List<Step> steps = new ArrayList<>();

  private Calibration(ClosedLoop loop, Options options) {
    this.loop = loop;
    this.options = options;
  }

  /** Measures {@code server}. Fails with a {@link io.gradelane.jobe.client.JobeLost} if it tells no languages. */
  public static Future<Report> run(Vertx vertx, ServerSpec server, Options options) {
    return run(vertx, server, options, System::nanoTime);
  }

  static Future<Report> run(Vertx vertx, ServerSpec server, Options options, LongSupplier ticker) {
    Promise<Report> report = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(turn -> onContext(vertx, server, options, ticker).onComplete(report));
    return report.future();
  }

  private static Future<Report> onContext(
      Vertx vertx, ServerSpec server, Options options, LongSupplier ticker) {
    JobeClient client = new JobeClient(vertx, ticker);
    return client
        .languages(server, options.timeout)
        .compose(languages -> measure(client, server, options, ticker, fit(languages.keySet())))
        .eventually(client::close);
  }

  private static ProbeProgram fit(java.util.Set<String> languages) {
    return ProbeProgram.fit(languages)
        .orElseThrow(() -> new IllegalStateException("There is no tiny program for " + languages));
  }

  private static Future<Report> measure(
      JobeClient client,
      ServerSpec server,
      Options options,
      LongSupplier ticker,
      ProbeProgram program) {
    ClosedLoop loop = new ClosedLoop(client, server, program, options, ticker);
    return loop.warm()
        .compose(warm -> new Calibration(loop, options).from(1))
        .map(steps -> Report.of(server.url().toString(), program.language(), steps));
  }

  private Future<List<Step>> from(int inFlight) {
    return loop.run(inFlight).compose(step -> {
      steps.add(step);
      return inFlight * 2 > options.mostInFlight || isEnough(steps)
          ? Future.succeededFuture(steps)
          : from(inFlight * 2);
    });
  }

  /** Whether more at once can only make it worse. */
  static boolean isEnough(List<Step> steps) {
    Step last = steps.getLast();
    if (last.refused > 0 || last.wrong > 0) {
      return true;
    }
    int tail = steps.size() - STEPS_WITHOUT_GROWTH;
    return tail > 0
        && best(steps.subList(tail, steps.size())) < GROWTH * best(steps.subList(0, tail));
  }

  private static double best(List<Step> steps) {
    return steps.stream().mapToDouble(Step::perSecond).max().orElse(0);
  }

  /** The smallest number that is nearly as fast as the best, among those at which all went well. */
  static Optional<Advice> advice(List<Step> steps) {
    List<Step> good = steps.stream()
        .filter(step -> step.right > 0 && step.refused == 0 && step.wrong == 0)
        .toList();
    double enough = NEARLY * best(good);
    return good.stream()
        .filter(step -> step.perSecond >= enough)
        .findFirst()
        .map(step -> new Advice(step.inFlight, ServerSpec.defaultCores(step.inFlight)));
  }
}
