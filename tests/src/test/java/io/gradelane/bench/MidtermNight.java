package io.gradelane.bench;

import io.gradelane.bench.MidtermPool.Night;
import io.gradelane.bench.MidtermPool.Policy;
import io.gradelane.bench.MidtermPool.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * Midterm night in simulated time: how long live runs wait beside 5,000 regrades, against one FIFO queue and against
 * priority without a reserve.
 *
 * <p>64 slots, 5,000 bulk runs of 2 s (then 20 % of 20 to 40 s) that come at once, live runs of 1 s in the mean that
 * keep 16 slots busy (Poisson), then also 200 at once every minute. The bulk's price is its makespan against what it
 * takes alone on the 48 slots that the live load leaves. Arguments: a file for the JSON, and how many seeds.
 */
final class MidtermNight {

  private static final int SLOTS = 64;
  private static final int BULK = 5_000;
  private static final int LIVE_BUSY = 16;
  private static final int BURST = 200;

  private record Row(
      String bulk, String live, String policy, double p50, double p99, double max, double span,
      double price, int reserve) {}

  private MidtermNight() {}

  public static void main(String[] args) throws IOException {
    int seeds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    List<Row> rows = new ArrayList<>();
    for (double longShare : new double[] {0, 0.2}) {
      for (int burst : new int[] {0, BURST}) {
        rows.addAll(compare(longShare, burst, seeds));
      }
    }
    print(rows);
    if (args.length > 0) {
      Files.writeString(Path.of(args[0]), json(rows));
    }
  }

  private static List<Row> compare(double longShare, int burst, int seeds) {
    String bulk = longShare == 0 ? "2 s" : "20 % of 20-40 s";
    String live = burst == 0 ? "Poisson" : "Poisson + bursts of " + burst;
    Night alone = new Night(SLOTS, BULK, longShare, 0, 0);
    double liveBusy = LIVE_BUSY + burst * MidtermPool.LIVE_SECONDS / 60;
    double ideal = play(alone, Policy.FIFO, seeds).makespan() * SLOTS / (SLOTS - liveBusy);
    List<Row> rows = new ArrayList<>();
    Night quiet = new Night(SLOTS, 0, 0, LIVE_BUSY, burst);
    rows.add(row("none", live, "GRADELANE", play(quiet, Policy.GRADELANE, seeds), ideal));
    Night night = new Night(SLOTS, BULK, longShare, LIVE_BUSY, burst);
    for (Policy policy : Policy.values()) {
      rows.add(row(bulk, live, policy.name(), play(night, policy, seeds), ideal));
    }
    return rows;
  }

  private static Result play(Night night, Policy policy, int seeds) {
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

  private static Row row(String bulk, String live, String policy, Result result, double ideal) {
    Histogram wait = result.waits();
    boolean none = bulk.equals("none");
    return new Row(
        bulk,
        live,
        policy,
        wait.getValueAtPercentile(50) / 1e6,
        wait.getValueAtPercentile(99) / 1e6,
        wait.getMaxValue() / 1e6,
        none ? 0 : result.makespan(),
        none ? 0 : result.makespan() / ideal,
        result.meanReserve());
  }

  private static void print(List<Row> rows) {
    System.out.println("live wait in seconds (mean service time 1 s); bulk makespan in seconds, and"
        + " against alone on the slots that the live load leaves");
    System.out.printf(
        Locale.ROOT, "%-16s %-24s %-18s %8s %8s %8s %9s %6s %8s%n",
        "bulk", "live", "policy", "p50", "p99", "max", "makespan", "price", "reserve");
    for (Row row : rows) {
      System.out.printf(
          Locale.ROOT, "%-16s %-24s %-18s %8.3f %8.3f %8.3f %9.1f %6.2f %8d%n",
          row.bulk, row.live, row.policy, row.p50, row.p99, row.max, row.span, row.price,
          row.reserve);
    }
  }

  private static String json(List<Row> rows) {
    StringBuilder text = new StringBuilder("[\n");
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      text.append(String.format(
          Locale.ROOT,
          "  {\"bulk\": \"%s\", \"live\": \"%s\", \"policy\": \"%s\", \"waitP50\": %.4f,"
              + " \"waitP99\": %.4f, \"waitMax\": %.4f, \"makespan\": %.1f, \"price\": %.3f,"
              + " \"reserve\": %d}%s%n",
          row.bulk, row.live, row.policy, row.p50, row.p99, row.max, row.span, row.price,
          row.reserve, i + 1 < rows.size() ? "," : ""));
    }
    return text.append("]\n").toString();
  }
}
