package io.gradelane.bench;

import io.gradelane.bench.MidtermPool.Night;
import io.gradelane.bench.MidtermPool.Policy;
import io.gradelane.bench.MidtermPool.Result;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/**
 * Midterm night in simulated time, with the dispatcher's own classes.
 *
 * <p>The bulk's price is its makespan against what it takes alone on the slots that the live load leaves: 48 of 64
 * beside Poisson arrivals, 44.7 with a burst of 200 every minute.
 */
final class MidtermNight {

  private static final int SLOTS = 64;
  private static final int BULK = 5_000;
  private static final int LIVE_BUSY = 16;
  private static final int BURST = 200;
  private static final double MILLIS = 1_000;
  private static final String SAYS = "midterm: how long live runs (mean "
      + (int) MidtermPool.LIVE_SECONDS
      + " s, " + LIVE_BUSY + " busy slots) wait beside a regrade of " + BULK + " runs on " + SLOTS
      + " slots, in simulated time: Gradelane's reserve against the same by momentary demand, priority"
      + " alone, and one FIFO queue";

  private final int seeds;
  private final Report report = new Report(
      "midterm",
      SAYS,
      "bulk",
      "live",
      "policy",
      "wait p50 ms",
      "wait p99 ms",
      "wait max ms",
      "makespan s",
      "price",
      "reserve");

  private MidtermNight(int seeds) {
    this.seeds = seeds;
  }

  /** {@code --smoke}, {@code --seeds 5}. */
  public static void main(String[] args) throws IOException {
    Options options = Options.of(args);
    new MidtermNight(options.smoke() ? 1 : options.intOf("seeds", 5)).run();
  }

  private void run() throws IOException {
    for (double longShare : new double[] {0, 0.2}) {
      for (int burst : new int[] {0, BURST}) {
        compare(longShare, burst);
      }
    }
    report.finish();
  }

  private void compare(double longShare, int burst) {
    String bulk = longShare == 0 ? "2 s" : "20 % of 20-40 s";
    String live = burst == 0 ? "Poisson" : "Poisson, " + burst + " at once every minute";
    double liveBusy = LIVE_BUSY + burst * MidtermPool.LIVE_SECONDS / 60;
    Night alone = new Night(SLOTS, BULK, longShare, 0, 0);
    double ideal = play(alone, Policy.FIFO).makespan() * SLOTS / (SLOTS - liveBusy);

    Result without = play(new Night(SLOTS, 0, 0, LIVE_BUSY, burst), Policy.GRADELANE);
    row("none", live, Policy.GRADELANE, without, ideal);
    Night night = new Night(SLOTS, BULK, longShare, LIVE_BUSY, burst);
    for (Policy policy : Policy.values()) {
      Result result = play(night, policy);
      row(bulk, live, policy, result, ideal);
      if (policy == Policy.GRADELANE) {
        judge(bulk, live, result, without, burst > 0, result.makespan() / ideal);
      }
    }
  }

  private void judge(
      String bulk, String live, Result with, Result without, boolean bursts, double price) {
    double p99 = p99(with);
    String beside = " beside bulk of " + bulk + ", " + live;
    if (bursts) {
      report.verdict("live p99 over that without bulk" + beside, p99 / p99(without), "<=", 2.5);
    } else {
      double service = MidtermPool.LIVE_SECONDS * MILLIS;
      report.verdict("live p99 over a mean service time" + beside, p99 / service, "<=", 0.25);
    }
    report.verdict("price of the bulk" + beside, price, "<=", 1.4);
  }

  private Result play(Night night, Policy policy) {
    Histogram all = new Histogram(3);
    double span = 0;
    int reserve = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      Result result = MidtermPool.play(night, policy, seed);
      all.add(result.waits());
      span += result.makespan() / seeds;
      reserve += result.meanReserve();
    }
    return new Result(all, span, reserve / seeds);
  }

  private void row(String bulk, String live, Policy policy, Result result, double ideal) {
    boolean none = bulk.equals("none");
    boolean keeps = policy == Policy.GRADELANE || policy == Policy.MOMENTARY_RESERVE;
    report.row(
        bulk,
        live,
        policy.words,
        result.waits().getValueAtPercentile(50) / MILLIS,
        p99(result),
        result.waits().getMaxValue() / MILLIS,
        none ? 0.0 : result.makespan(),
        none ? 0.0 : result.makespan() / ideal,
        none || !keeps ? 0 : result.meanReserve());
  }

  private static double p99(Result result) {
    return result.waits().getValueAtPercentile(99) / MILLIS;
  }
}
