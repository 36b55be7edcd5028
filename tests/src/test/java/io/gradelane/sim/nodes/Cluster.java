package io.gradelane.sim.nodes;

import static io.gradelane.sim.nodes.Timeline.MILLI;

import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.dispatch.Holding;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.ownership.PeerMessage;
import io.gradelane.core.ownership.Stance;
import io.gradelane.core.run.RunId;
import io.gradelane.sim.nodes.Encounters.Met;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One simulated cluster, from a seed: nodes and their callers, the network between them, and what befalls them. */
final class Cluster {

  static final List<LaneSpec> LANES = List.of(lane("exam", true, 40), lane("bulk", false, 10));

  private static final long LENGTH = 40_000;
  private static final long LONGEST_DRAIN = 150_000;

  final SplittableRandom random;
  final Encounters encounters = new Encounters();
  final Truth truth = new Truth(encounters);
  final Weather weather;
  final Network network;
  final ClusterRules rules = new ClusterRules(this);
  private final Misfortune misfortune = new Misfortune(this);
  private final Timeline timeline;
  private final List<SimNode> nodes = new ArrayList<>();
  private boolean closing;

  private Cluster(long seed, @Nullable Consumer<String> trace) {
    this.timeline = new Timeline(trace);
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 29);
    this.weather = Weather.of(seed);
    this.network = new Network(timeline, random, encounters, weather);
    int servers = 1 + random.nextInt(4);
    for (int i = 0; i < servers; i++) {
      truth.add(new Truth.Jobe("s" + i, 1 + random.nextInt(8)));
    }
  }

  /** @throws AssertionError if a rule is broken; its text ends with the command that replays it */
  static Encounters run(long seed, @Nullable Consumer<String> trace) {
    Cluster cluster = new Cluster(seed, trace);
    try {
      cluster.run();
    } catch (AssertionError | RuntimeException e) {
      AssertionError error = new AssertionError(
          "seed " + seed + " (" + cluster.weather + ") at " + cluster.now() / MILLI + " ms: "
              + e.getMessage() + "\n  replay: bin/gradelane sim nodes " + seed);
      error.initCause(e);
      throw error;
    }
    return cluster.encounters;
  }

  private void run() {
    encounters.met(Met.SEEDS);
    int count = 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      if (random.nextBoolean()) {
        join();
      } else {
        at(random.nextInt(400), this::join);
      }
    }
    at(100, this::look);
    if (weather.faults()) {
      at(3_000 + random.nextInt(5_000), misfortune::befall);
    }
    at(2_000, rules::audit);
    at(5_000 + random.nextInt(20_000), this::changeLane);
    runUntil(now() + LENGTH * MILLI);
    mend();
    runUntil(now() + 6_000 * MILLI);
    closing = true;
    long latest = now() + LONGEST_DRAIN * MILLI;
    while (!rules.isQuiet()) {
      if (now() > latest) {
        throw new AssertionError("never ended: " + rules.left());
      }
      runUntil(now() + 1_000 * MILLI);
    }
    rules.allIsBack();
    encounters.met(Met.EVENTS, timeline.steps());
  }

  private void runUntil(long until) {
    timeline.runUntil(until, rules::dueOwner);
  }

  private void mend() {
    say("mend");
    network.mend();
    misfortune.mend();
  }

  private static LaneSpec lane(String name, boolean live, int priority) {
    return new LaneSpec(
        name, live, priority, 0, LaneSpec.UNLIMITED, Duration.ofSeconds(40), 10_000, false);
  }

  // Nodes and what they see of each other.

  void join() {
    SimNode node = new SimNode(
        "n" + (char) ('a' + random.nextInt(26)) + nodes.size(),
        this,
        random.nextLong(1L << 50) - (1L << 49));
    Set<String> seen = new HashSet<>();
    seen.add(node.name);
    for (SimNode other : nodes) {
      if (other.alive && !other.frozen && network.reachable(node, other)) {
        seen.add(other.name);
      }
    }
    nodes.add(node);
    network.add(node);
    encounters.met(Met.JOINED);
    say(node.name + " joins and sees " + seen);
    node.begin(seen);
    at(random.nextInt(200), () -> arrive(node));
  }

  private void look() {
    for (SimNode node : nodes) {
      if (node.alive && !node.frozen) {
        Set<String> seen = new HashSet<>();
        for (SimNode other : nodes) {
          if (other == node || network.sees(node, other)) {
            seen.add(other.name);
          }
        }
        if (!seen.equals(node.members)) {
          node.members = seen;
          say(node.name + " sees " + seen);
          node.act(() -> node.node.members(seen, node.now()));
        }
      }
    }
    at(100, this::look);
  }

  void changed(SimNode node, Stance stance) {
    say(node.name + " " + stance);
    switch (stance) {
      case Stance.Owning owning -> encounters.met(Met.TOOK_OVER);
      case Stance.Following following -> encounters.met(Met.STEPPED_DOWN);
      case Stance.TakingOver taking -> {}
    }
  }

  /** After everything that a node does. */
  void acted(SimNode node) {
    int owners = (int) nodes.stream().filter(SimNode::owns).count();
    if (owners > 1) {
      encounters.met(Met.TWO_OWNERS);
    }
    truth.owners(owners, now());
  }

  /** It begins to own: what it does not know of, it may not know of. */
  void begins(SimNode node, Dispatcher dispatcher) {
    List<Holding> quarantined = dispatcher.quarantined(node.now());
    for (PoolView.ServerUse use : dispatcher.view(node.now()).servers()) {
      int known = use.inUse() - truth.ended(quarantined, use.id());
      truth.takenOver(use.id(), known, node.name, node.lastBeat < 0 ? -1 : node.lastBeat, now());
    }
  }

  void send(SimNode from, String to, PeerMessage message) {
    network.send(from, to, message);
  }

  // Callers.

  private void arrive(SimNode node) {
    if (closing || !node.alive || node.leaving) {
      return;
    }
    Want want = new Want(
        new RunId(new UUID(0x7000L, 0x8000_0000_0000_0000L | timeline.number())),
        1,
        random.nextInt(3) == 0 ? "bulk" : "exam",
        "t" + random.nextInt(3),
        "",
        "c",
        null,
        0,
        20 + random.nextInt(random.nextInt(10) == 0 ? 8_000 : 800),
        0,
        40_000,
        12_000,
        false,
        Set.of(),
        null);
    if (!node.frozen) {
      node.submit(want);
      if (random.nextInt(30) == 0) {
        at(random.nextInt(2_000), () -> node.cancel(want.run()));
      }
    }
    int slots = truth.servers.stream().mapToInt(server -> server.slots).sum();
    long gap = Math.max(1, 800L * nodes.size() / slots);
    at(random.nextLong(gap * 2 + 1), () -> arrive(node));
  }

  Want again(Want want, boolean quiet) {
    return new Want(
        want.run(),
        want.attempt() + 1,
        want.lane(),
        want.tenant(),
        want.user(),
        want.language(),
        null,
        0,
        want.costMillis(),
        want.waitedMillis(),
        want.patienceMillis(),
        want.deadlineMillis(),
        quiet,
        Set.of(),
        null);
  }

  // Operators.

  private void changeLane() {
    if (closing) {
      return;
    }
    for (SimNode node : nodes) {
      Dispatcher dispatcher = node.node.dispatcher();
      if (node.owns() && !node.frozen && dispatcher != null) {
        encounters.met(Met.LANE_CHANGED);
        LaneSpec bulk = node.lanes.specs().get(1);
        LaneSpec next = new LaneSpec(
            "bulk",
            false,
            10 + random.nextInt(20),
            0,
            LaneSpec.UNLIMITED,
            bulk.patience(),
            bulk.maxQueued(),
            false);
        node.lanes.set(next, now() / MILLI);
        dispatcher.lane(next, node.now());
      }
    }
    at(5_000 + random.nextInt(30_000), this::changeLane);
  }

  // What its parts need.

  List<SimNode> nodes() {
    return nodes;
  }

  void at(long delayMillis, Runnable what) {
    timeline.in(delayMillis, what);
  }

  long now() {
    return timeline.now();
  }

  void say(String what) {
    timeline.say(what);
  }
}
