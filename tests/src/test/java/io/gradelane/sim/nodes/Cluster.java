package io.gradelane.sim.nodes;

import io.gradelane.bus.wire.Wire;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One simulated cluster: nodes, the network between them, their members, and what happens to them, from a seed. */
final class Cluster {

  static final long MILLI = 1_000_000L;

  static final List<LaneSpec> LANES = List.of(lane("exam", true, 40), lane("bulk", false, 10));

  private static final long LENGTH = 40_000;
  private static final long LONGEST_DRAIN = 150_000;

  /** After so long without a new permit a bound on leaks holds. */
  private static final long LEAK = 3_000 * MILLI;

  private record Event(long at, long number, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
    }
  }

  /** How one node sees another: since when that has been as it is, and how long it takes to notice. */
  private static final class Sight {
    boolean reachable = true;
    long since;
    long notice;
  }

  final SplittableRandom random;
  final Encounters encounters = new Encounters();
  final Truth truth = new Truth(encounters);
  final Weather weather;
  private final @Nullable Consumer<String> trace;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final List<SimNode> nodes = new ArrayList<>();
  private final Map<String, SimNode> byName = new HashMap<>();
  private final Map<String, Sight> sights = new HashMap<>();
  private final Map<String, Long> lastArrival = new HashMap<>();
  private final Map<String, Integer> side = new HashMap<>();
  private final boolean coded;
  private final int lossPercent;
  private long now = 1_000 * MILLI;
  private long numbers;
  private long steps;
  private boolean closing;
  private boolean mended;

  /** When the pool lost its owner, and by when it must have another; 0 if it has one. */
  private long ownerlessSince;

  private long ownerDueAt = Long.MAX_VALUE;

  private Cluster(long seed, @Nullable Consumer<String> trace) {
    this.trace = trace;
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 29);
    this.weather = Weather.of(seed);
    this.coded = random.nextInt(4) == 0;
    this.lossPercent = weather.badNetwork ? 5 : 0;
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
      AssertionError error =
          new AssertionError("seed " + seed + " (" + cluster.weather + ") at " + cluster.now / MILLI
              + " ms: " + e.getMessage() + "\n  replay: bin/gradelane sim nodes " + seed);
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
      at(3_000 + random.nextInt(5_000), this::fault);
    }
    at(2_000, this::audit);
    at(5_000 + random.nextInt(20_000), this::changeLane);
    runUntil(now + LENGTH * MILLI);
    mend();
    runUntil(now + 6_000 * MILLI);
    closing = true;
    long latest = now + LONGEST_DRAIN * MILLI;
    while (!isQuiet()) {
      if (now > latest) {
        throw new AssertionError("never ended: " + left());
      }
      runUntil(now + 1_000 * MILLI);
    }
    allIsBack();
    encounters.met(Met.EVENTS, steps);
  }

  private void runUntil(long until) {
    while (!events.isEmpty() && events.peek().at <= until) {
      Event next = events.remove();
      now = Math.max(now, next.at);
      steps++;
      next.what.run();
      dueOwner();
    }
    now = Math.max(now, until);
  }

  private static LaneSpec lane(String name, boolean live, int priority) {
    return new LaneSpec(
        name, live, priority, 0, LaneSpec.UNLIMITED, Duration.ofSeconds(40), 10_000, false);
  }

  // Nodes and what they see of each other.

  private void join() {
    SimNode node = new SimNode(
        "n" + (char) ('a' + random.nextInt(26)) + nodes.size(),
        this,
        random.nextLong(1L << 50) - (1L << 49));
    Set<String> seen = new HashSet<>();
    seen.add(node.name);
    for (SimNode other : nodes) {
      if (other.alive && !other.frozen && reachable(node, other)) {
        seen.add(other.name);
      }
    }
    nodes.add(node);
    byName.put(node.name, node);
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
          if (other == node || sees(node, other)) {
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

  private boolean sees(SimNode node, SimNode other) {
    boolean before = node.members.contains(other.name);
    boolean reachable = other.alive && !other.frozen && reachable(node, other);
    Sight sight = sights.computeIfAbsent(node.name + other.name, any -> new Sight());
    if (reachable != sight.reachable) {
      sight.reachable = reachable;
      sight.since = now;
      sight.notice = notice(other, reachable);
    }
    return now - sight.since >= sight.notice ? reachable : before;
  }

  private long notice(SimNode other, boolean reachable) {
    if (reachable) {
      return random.nextLong(200, 5_000) * MILLI;
    }
    if (other.alive) {
      return random.nextLong(1_000, 10_000) * MILLI;
    }
    return other.leaving ? 0 : random.nextLong(300, 5_000) * MILLI;
  }

  private boolean reachable(SimNode one, SimNode other) {
    return side.getOrDefault(one.name, 0).equals(side.getOrDefault(other.name, 0));
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
    truth.owners(owners, now);
  }

  /** It begins to own: what it does not know of, it may not know of. */
  void begins(SimNode node, Dispatcher dispatcher) {
    List<Holding> quarantined = dispatcher.quarantined(node.now());
    for (PoolView.ServerUse use : dispatcher.view(node.now()).servers()) {
      int known = use.inUse() - truth.ended(quarantined, use.id());
      truth.takenOver(use.id(), known, node.name, node.lastBeat < 0 ? -1 : node.lastBeat, now);
    }
  }

  // The network.

  void send(SimNode from, String to, PeerMessage message) {
    encounters.met(Met.MESSAGES);
    if (random.nextInt(100) < loss()) {
      encounters.met(Met.LOST);
      say("lost " + from.name + " → " + to + " " + message);
      return;
    }
    carry(from, to, message);
    if (random.nextInt(100) < loss()) {
      encounters.met(Met.DOUBLED);
      carry(from, to, message);
    }
  }

  private int loss() {
    return mended ? 0 : lossPercent;
  }

  private void carry(SimNode from, String to, PeerMessage message) {
    long sentAt = now;
    String pair = from.name + to;
    long arrival = now + random.nextLong(100_000, 2 * MILLI);
    if (random.nextInt(100) < loss()) {
      encounters.met(Met.LATE);
      arrival += random.nextLong(1, 3_000) * MILLI;
    } else {
      arrival = Math.max(arrival, lastArrival.getOrDefault(pair, 0L) + 1);
      lastArrival.put(pair, arrival);
    }
    events.add(new Event(arrival, numbers++, () -> arrive(from, to, message, sentAt)));
  }

  private void arrive(SimNode from, String to, PeerMessage message, long sentAt) {
    SimNode target = byName.get(to);
    if (target == null || !reachable(from, target)) {
      encounters.met(Met.CUT);
      return;
    }
    say(from.name + " → " + to + " " + message);
    target.hear(coded ? code(message) : message, sentAt);
  }

  private PeerMessage code(PeerMessage message) {
    encounters.met(Met.CODED);
    Object read = Wire.decode(Wire.encode(message));
    if (!read.equals(message)) {
      throw new AssertionError("sent " + message + ", read " + read);
    }
    return (PeerMessage) read;
  }

  // Callers.

  private void arrive(SimNode node) {
    if (closing || !node.alive || node.leaving) {
      return;
    }
    Want want = new Want(
        new RunId(new UUID(0x7000L, 0x8000_0000_0000_0000L | ++numbers)),
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

  // Faults.

  private void fault() {
    if (mended) {
      return;
    }
    List<Runnable> possible = new ArrayList<>();
    List<SimNode> up = nodes.stream()
        .filter(node -> node.alive && !node.frozen && !node.leaving)
        .toList();
    SimNode any = up.isEmpty() ? null : up.get(random.nextInt(up.size()));
    SimNode owner = up.stream().filter(SimNode::owns).findFirst().orElse(any);
    SimNode victim = random.nextBoolean() ? owner : any;
    if (victim != null && up.size() > 1) {
      if (weather.kills) {
        possible.add(() -> kill(victim));
      }
      if (weather.freezes) {
        possible.add(() -> freeze(victim));
        possible.add(() -> stopClock(victim));
      }
      if (weather.leaves) {
        possible.add(() -> leave(victim));
      }
      if (weather.splits && side.isEmpty()) {
        possible.add(this::split);
      }
    }
    if (up.size() < 5) {
      possible.add(this::join);
    }
    if (!possible.isEmpty()) {
      possible.get(random.nextInt(possible.size())).run();
    }
    long pause = weather == Weather.STORM ? 1_000 : 12_000;
    at(pause + random.nextInt(10_000), this::fault);
  }

  private void kill(SimNode node) {
    say("kill " + node.name);
    encounters.met(node.owns() ? Met.KILLED_OWNER : Met.KILLED_FOLLOWER);
    if (node.owns()) {
      lostOwner(5_000 + 1_200);
    }
    node.alive = false;
    acted(node);
  }

  private void freeze(SimNode node) {
    long millis = random.nextBoolean() ? random.nextLong(100, 4_000) : 20_000;
    say("freeze " + node.name + " for " + millis);
    encounters.met(node.owns() ? Met.FROZE_OWNER : Met.FROZE_FOLLOWER);
    if (node.owns() && millis > 5_000) {
      lostOwner(5_000);
    }
    node.frozen = true;
    at(millis, () -> {
      say("thaw " + node.name);
      node.thaw();
    });
  }

  /** As when a virtual machine is moved: it goes on, but for its clock no time has passed. */
  private void stopClock(SimNode node) {
    encounters.met(Met.CLOCK_STOOD_STILL);
    say("clock of " + node.name + " stands still");
    node.stopClock(true);
    at(random.nextLong(100, 2_000), () -> node.stopClock(false));
  }

  private void leave(SimNode node) {
    say("leave " + node.name);
    encounters.met(node.owns() ? Met.LEFT_OWNER : Met.LEFT_FOLLOWER);
    node.leaving = true;
    if (node.owns() && weather == Weather.LEAVES) {
      lostOwner(100);
    }
    node.act(() -> node.node.leave(node.now()));
    at(100, () -> goWhenEmpty(node, now + 30_000 * MILLI));
  }

  private void goWhenEmpty(SimNode node, long latest) {
    if ((node.open() == 0 && node.node.hasSaidAll()) || now > latest) {
      say("gone " + node.name);
      node.alive = false;
      acted(node);
    } else {
      at(100, () -> goWhenEmpty(node, latest));
    }
  }

  private void split() {
    encounters.met(Met.SPLIT);
    nodes.forEach(node -> side.put(node.name, random.nextInt(2)));
    say("split " + side);
    at(1_000 + random.nextInt(25_000), this::merge);
  }

  private void merge() {
    if (!side.isEmpty()) {
      encounters.met(Met.MERGED);
      say("merge");
      side.clear();
    }
  }

  private void mend() {
    say("mend");
    mended = true;
    merge();
    for (SimNode node : nodes) {
      node.stopClock(false);
      if (node.frozen) {
        node.thaw();
      }
    }
  }

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
        node.lanes.set(next, now / MILLI);
        dispatcher.lane(next, node.now());
      }
    }
    at(5_000 + random.nextInt(30_000), this::changeLane);
  }

  // Rules.

  private void lostOwner(long withinMillis) {
    if (weather != Weather.STORM && ownerlessSince == 0) {
      ownerlessSince = now;
      ownerDueAt = now + withinMillis * MILLI;
    }
  }

  private void dueOwner() {
    if (ownerlessSince == 0) {
      return;
    }
    boolean owned = nodes.stream().anyMatch(node -> node.owns() && !node.frozen);
    if (owned) {
      ownerlessSince = 0;
      ownerDueAt = Long.MAX_VALUE;
    } else if (now > ownerDueAt) {
      throw new AssertionError("nobody dispatches, " + (now - ownerlessSince) / MILLI
          + " ms after the owner was lost: " + stances());
    }
  }

  /** Once a second: nobody counts permits as out that ended more than three seconds ago. */
  private void audit() {
    for (SimNode node : nodes) {
      Dispatcher dispatcher = node.node.dispatcher();
      if (node.owns() && !node.frozen && dispatcher != null) {
        audit(node, dispatcher);
      }
    }
    at(1_000, this::audit);
  }

  private void audit(SimNode node, Dispatcher dispatcher) {
    List<Holding> quarantined = dispatcher.quarantined(node.now());
    encounters.met(Met.ISOLATED, quarantined.size());
    quarantined.forEach(holding -> truth.isolated(holding, node.name, now));
    if (weather.faults()) {
      return;
    }
    truth.told.values().removeIf(told -> told.ended < now - LEAK);
    for (PoolView.ServerUse use : dispatcher.view(node.now()).servers()) {
      long lost =
          quarantined.stream().filter(each -> each.server().equals(use.id())).count();
      long young = truth.told.values().stream()
          .filter(told -> told.server.equals(use.id()))
          .count();
      if (use.inUse() - lost > young) {
        throw new AssertionError(node.name + " counts " + use.inUse() + " permits out on "
            + use.id() + ", " + lost + " of them lost; " + young
            + " are held or have ended in the last 3 s");
      }
    }
  }

  private boolean isQuiet() {
    return truth.quiet() && left().isEmpty();
  }

  private String left() {
    StringBuilder left = new StringBuilder();
    for (SimNode node : nodes) {
      if (node.alive && node.open() > 0) {
        left.append(node.name).append(" has ").append(node.open()).append(" runs; ");
      }
      Dispatcher dispatcher = node.node.dispatcher();
      if (node.alive && dispatcher != null) {
        PoolView view = dispatcher.view(node.now());
        view.servers().stream()
            .filter(use -> use.inUse() > 0)
            .forEach(use -> left.append(node.name).append(' ').append(use).append("; "));
        view.lanes().stream()
            .filter(lane -> lane.depth() > 0)
            .forEach(lane -> left.append(node.name).append(' ').append(lane).append("; "));
      }
    }
    return left.toString();
  }

  private void allIsBack() {
    List<SimNode> owners = nodes.stream().filter(SimNode::owns).toList();
    boolean anyAlive = nodes.stream().anyMatch(node -> node.alive);
    if (anyAlive && owners.size() != 1) {
      throw new AssertionError("owners at the end: " + stances());
    }
    for (SimNode node : nodes) {
      if (node.alive) {
        if (!node.node.stance().term().equals(owners.getFirst().node.stance().term())) {
          throw new AssertionError("not all follow the owner: " + stances());
        }
        if (!node.lanes.all().equals(owners.getFirst().lanes.all())) {
          throw new AssertionError(node.name + " knows other lanes: " + node.lanes.all());
        }
      }
    }
  }

  private String stances() {
    StringBuilder all = new StringBuilder();
    nodes.stream()
        .filter(node -> node.alive)
        .forEach(node -> all.append(node.name)
            .append(node.frozen ? " (frozen) " : " ")
            .append(node.node.stance())
            .append("; "));
    return all.toString();
  }

  void at(long delayMillis, Runnable what) {
    events.add(new Event(now + Math.max(0, delayMillis) * MILLI, numbers++, what));
  }

  long now() {
    return now;
  }

  void say(String what) {
    if (trace != null) {
      trace.accept(now / MILLI + " " + what);
    }
  }
}
