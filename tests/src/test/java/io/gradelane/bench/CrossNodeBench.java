package io.gradelane.bench;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.BusCodecs;
import io.gradelane.bus.BusPermits;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.bus.wire.Wire;
import io.gradelane.cluster.HazelcastCluster;
import io.gradelane.cluster.Joining;
import io.gradelane.cluster.LocalServerMap;
import io.gradelane.cluster.Member;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.PoolRules;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.gradelane.dispatch.DispatchPorts;
import io.gradelane.dispatch.DispatcherVerticle;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A grant that crosses nodes: two JVMs in one Hazelcast cluster, the other one owns the pool, this one asks at a fixed rate
 * and gives each permit back after 10 ms. The time is from when a want was due to its grant's arrival at the asker.
 */
final class CrossNodeBench {

  private static final String POOL = "main";
  private static final int SLOTS = 128;
  private static final long HOLD_MILLIS = 10;
  private static final LaneSpec LANE =
      new LaneSpec("exam", true, 40, 0, LaneSpec.UNLIMITED, Duration.ofMinutes(1), 100_000, false);

  private final HazelcastCluster cluster;
  private final String node;

  private CrossNodeBench(String node, int port, List<String> members) {
    this.node = node;
    Member self = new Member(node, "", "bench", Wire.VERSION, "", "", System.currentTimeMillis());
    Joining joining = new Joining("bench-" + members, "127.0.0.1", port, 0, members, null, null);
    cluster = Blocking.get(HazelcastCluster.join(joining, self, new VertxOptions()));
    BusCodecs.register(vertx());
    Blocking.get(vertx().deployVerticle(new DispatcherVerticle(ports())));
  }

  /** {@code --rate N}, {@code --seconds N}, {@code --smoke}; {@code --owner PORT} is what the other JVM is given. */
  public static void main(String[] args) throws Exception {
    Options options = Options.of(args);
    int port = options.intOf("port", 21_001);
    List<String> members = List.of("127.0.0.1:" + port, "127.0.0.1:" + (port + 1));
    if (options.values().containsKey("owner")) {
      CrossNodeBench owner = new CrossNodeBench("owner", port, members);
      System.out.println("listening " + port);
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
      Blocking.get(owner.cluster.leave());
      return;
    }
    try (Stage stage = new Stage()) {
      stage.java("owner", CrossNodeBench.class, "--owner", "true", "--port", String.valueOf(port));
      CrossNodeBench asker = new CrossNodeBench("asker", port + 1, members);
      try {
        asker.measure(options);
      } finally {
        Blocking.get(asker.cluster.leave());
      }
    }
  }

  private void measure(Options options) throws IOException {
    int rate = options.intOf("rate", 2_000);
    int seconds = options.smoke() ? 2 : options.intOf("seconds", 20);
    Eventually.await("the other node dispatches", () -> owner().equals("owner"));
    Load warm = new Load(rate);
    warm.run(options.smoke() ? 1 : 10);
    Load load = new Load(rate);
    load.run(seconds);

    Report report = new Report(
        "cross-node",
        "cross-node: a grant from another JVM's dispatcher over the clustered bus, want to grant",
        "a second",
        "grants",
        "p50 ms",
        "p99 ms",
        "p99.9 ms",
        "max ms");
    Histogram times = load.times;
    report.row(
        rate,
        times.getTotalCount(),
        millis(times, 50),
        millis(times, 99),
        millis(times, 99.9),
        millis(times, 100));
    report.verdict("p50 ms at " + rate + "/s", millis(times, 50), "<=", 1);
    report.verdict("p99 ms at " + rate + "/s", millis(times, 99), "<=", 5);
    report.finish();
  }

  private static double millis(Histogram times, double percentile) {
    return times.getValueAtPercentile(percentile) / 1e6;
  }

  private String owner() {
    PoolAnswer answer = Blocking.get(vertx()
            .eventBus()
            .<PoolAnswer>request(Addresses.questions(POOL, node), new PoolQuestion.WhoOwns()))
        .body();
    return ((PoolAnswer.Owned) answer).node();
  }

  /** Wants at a fixed rate, whatever the answers do. */
  private final class Load {

    private final int rate;
    private final Random random = new Random(1);
    private final Histogram times = new Histogram(60_000_000_000L, 3);
    private final AtomicLong open = new AtomicLong();
    private final Context context = vertx().getOrCreateContext();
    private final BusPermits permits = openPermits();
    private int asked;

    Load(int rate) {
      this.rate = rate;
    }

    void run(int seconds) {
      long began = System.nanoTime();
      long gap = 1_000_000_000L / rate;
      for (long i = 0; i < (long) rate * seconds; i++) {
        long dueAt = began + i * gap;
        for (long left = dueAt - System.nanoTime(); left > 0; left = dueAt - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        open.incrementAndGet();
        context.runOnContext(turn -> ask(dueAt));
      }
      Eventually.await("all are answered", () -> open.get() == 0);
      Blocking.get(permits.close());
    }

    private void ask(long dueAt) {
      permits.want(want()).onSuccess(decision -> {
        times.recordValue(System.nanoTime() - dueAt);
        Decision.Granted granted = (Decision.Granted) decision;
        vertx().setTimer(HOLD_MILLIS, held -> {
          permits.done(granted.run(), granted.permit(), Ending.OK, (int) HOLD_MILLIS);
          open.decrementAndGet();
        });
      });
    }

    private Want want() {
      RunId run = RunId.next(System.currentTimeMillis(), random);
      return new Want(
          run,
          1,
          "exam",
          "moodle",
          "u" + ++asked % 300,
          "c",
          null,
          0,
          10,
          0,
          60_000,
          false,
          Set.of(),
          null);
    }

    private BusPermits openPermits() {
      Promise<BusPermits> opened = Promise.promise();
      context.runOnContext(turn -> BusPermits.open(vertx(), POOL, node, 1).onComplete(opened));
      return Blocking.get(opened.future());
    }
  }

  private Vertx vertx() {
    return cluster.vertx();
  }

  private DispatchPorts ports() {
    LocalServerMap servers = new LocalServerMap(vertx());
    ServerSpec spec =
        new ServerSpec("s1", URI.create("http://127.0.0.1:1"), null, SLOTS, SLOTS, 1, Map.of());
    Blocking.get(servers.replace(
        "s1",
        null,
        new ServerEntry(spec, new ServerState.Ready(Instant.EPOCH), Map.of("c", "12"), 1)));
    return new DispatchPorts(
        POOL,
        cluster.members(),
        new PoolRules(List.of(LANE), 1, 0.2),
        List.of(),
        List.of(),
        Duration.ofSeconds(10),
        servers,
        new SimpleMeterRegistry(),
        InstantSource.system(),
        System::nanoTime);
  }
}
