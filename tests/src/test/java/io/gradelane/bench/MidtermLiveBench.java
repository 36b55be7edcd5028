package io.gradelane.bench;

import io.gradelane.bench.Crowd.Visit;
import io.gradelane.bench.Crowd.Visits;
import io.gradelane.bench.Stage.Player;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/** The midterm night in small and in real time: do students wait behind a regrade? */
final class MidtermLiveBench {

  private static final int SERVERS = 4;
  private static final int SLOTS = 4;
  private static final int LIVE_MILLIS = 200;
  private static final int LIVE_BUSY_SLOTS = 4;
  private static final int BULK_CLIENTS = 100;
  private static final String SAYS =
      "midterm: how long live runs (" + LIVE_MILLIS + " ms, Poisson, " + LIVE_BUSY_SLOTS
          + " busy slots) wait beside a regrade (bulk runs of 200 ms, 20 % of them 2-4 s, "
          + BULK_CLIENTS + " always asked for) on " + SERVERS + " stubs of " + SLOTS
          + " slots: Gradelane's lanes against HAProxy's set-priority-class with maxconn = slots,"
          + " and each without the bulk";

  private final Options options;
  private final Report report = new Report(
      "midterm-live",
      SAYS,
      "through",
      "bulk",
      "live runs",
      "not right",
      "wait p50 ms",
      "wait p95 ms",
      "wait p99 ms",
      "wait max ms",
      "bulk runs/s");

  private MidtermLiveBench(Options options) {
    this.options = options;
  }

  /** {@code --smoke}, {@code --seconds 40}, {@code --rounds 3}, {@code --seed 1}. */
  public static void main(String[] args) throws Exception {
    new MidtermLiveBench(Options.of(args)).run();
  }

  private record Night(Visits live, int bulkDone, int bulkWrong, double seconds) {}

  private void run() throws IOException, InterruptedException {
    Map<String, List<Night>> nights = new HashMap<>();
    int rounds = options.intOf("rounds", options.smoke() ? 1 : 3);
    for (int round = 0; round < rounds; round++) {
      for (String name : List.of("haproxy", "gradelane")) {
        for (boolean bulk : new boolean[] {false, true}) {
          nights
              .computeIfAbsent(name + " " + bulk, key -> new ArrayList<>())
              .add(night(name, bulk, round));
        }
      }
    }
    tell("haproxy", false, nights);
    tell("gradelane", false, nights);
    double haproxy = tell("haproxy", true, nights);
    double ours = tell("gradelane", true, nights);
    report.verdict("live p99 wait beside bulk, of HAProxy's", ours / haproxy, "<=", 1.0 / 3);
    report.finish();
  }

  private Night night(String name, boolean bulk, int round)
      throws IOException, InterruptedException {
    try (Stage stage = new Stage()) {
      List<Player> stubs = new ArrayList<>();
      for (int i = 0; i < SERVERS; i++) {
        stubs.add(stage.leanJobe("--slots", String.valueOf(SLOTS), "--poll", "100"));
      }
      Player front = name.equals("haproxy") ? haproxy(stage, stubs) : gradelane(stage, stubs);
      Crowd.atOnce(16, i -> Crowd.visit(front.port(), "", 1, "warm" + i));
      return bulk ? withBulk(front, round) : live(front, round, 0, 0);
    }
  }

  private Night withBulk(Player front, int round) throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger done = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    CountDownLatch busy = new CountDownLatch(2 * SERVERS * SLOTS);
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < BULK_CLIENTS; i++) {
        Random random = new Random(options.intOf("seed", 1) * 1000L + round * 100L + i);
        threads.execute(() -> {
          while (!over.get()) {
            Visit visit = Crowd.visit(
                front.port(), "/lane/bulk", bulkMillis(random), "b" + random.nextInt(1 << 30));
            (visit.right() ? done : wrong).incrementAndGet();
            busy.countDown();
          }
        });
      }
      try {
        busy.await();
        Night night = live(front, round, 0, 0);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Night(night.live, done.get(), wrong.get(), seconds);
      } finally {
        over.set(true);
      }
    }
  }

  private static long bulkMillis(Random random) {
    return random.nextInt(5) == 0 ? 2000 + random.nextInt(2000) : 200;
  }

  private Night live(Player front, int round, int bulkDone, int bulkWrong)
      throws InterruptedException {
    double perSecond = LIVE_BUSY_SLOTS * 1000.0 / LIVE_MILLIS;
    int seconds = options.intOf("seconds", options.smoke() ? 5 : 40);
    Random random = new Random(options.intOf("seed", 1) + round);
    long[] starts = new long[(int) (perSecond * seconds)];
    double at = 0;
    for (int i = 0; i < starts.length; i++) {
      at += -Math.log(1 - random.nextDouble()) / perSecond;
      starts[i] = (long) (at * 1e9);
    }
    Visits visits =
        Crowd.at(starts, i -> Crowd.visit(front.port(), "/lane/interactive", LIVE_MILLIS, "l" + i));
    return new Night(visits, bulkDone, bulkWrong, seconds);
  }

  private static Player haproxy(Stage stage, List<Player> stubs) throws IOException {
    StringBuilder servers = new StringBuilder();
    for (Player stub : stubs) {
      servers.append(
          "  server s" + stub.port() + " 127.0.0.1:" + stub.port() + " maxconn " + SLOTS + "\n");
    }
    return stage
        .haproxy("haproxy", """
              http-request set-priority-class int(-100) if { path_beg /lane/interactive }
              http-request set-priority-class int(100) if { path_beg /lane/bulk }
              http-request replace-path /lane/[^/]+(/.*) \\1
              default_backend servers
            backend servers
              balance leastconn
            """ + servers)
        .orElseThrow(() -> new IOException("HAProxy is not installed"));
  }

  private static Player gradelane(Stage stage, List<Player> stubs) throws IOException {
    List<String> servers = new ArrayList<>();
    for (Player stub : stubs) {
      servers.add("{url: 'http://127.0.0.1:" + stub.port() + "', slots: " + SLOTS + ", cores: "
          + SLOTS + "}");
    }
    return stage.gradelane("gradelane", servers.toString(), Map.of());
  }

  /** Waits of all rounds together; answers their p99. */
  private double tell(String name, boolean bulk, Map<String, List<Night>> nights) {
    Histogram waits = new Histogram(3);
    long runs = 0;
    long wrong = 0;
    double bulkPerSecond = 0;
    List<Night> rounds = nights.getOrDefault(name + " " + bulk, List.of());
    for (Night night : rounds) {
      for (Visit visit : night.live.all()) {
        waits.recordValue(Math.max(0, (visit.end() - visit.start()) / 1000 - LIVE_MILLIS * 1000L));
      }
      runs += night.live.all().size();
      wrong += night.live.all().size() - night.live.right() + night.bulkWrong;
      bulkPerSecond += night.bulkDone / night.seconds / rounds.size();
    }
    double p99 = waits.getValueAtPercentile(99) / 1e3;
    report.row(
        name,
        bulk ? "with" : "without",
        runs,
        wrong,
        waits.getValueAtPercentile(50) / 1e3,
        waits.getValueAtPercentile(95) / 1e3,
        p99,
        waits.getMaxValue() / 1e3,
        bulkPerSecond);
    return p99;
  }
}
