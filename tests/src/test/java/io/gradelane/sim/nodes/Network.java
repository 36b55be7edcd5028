package io.gradelane.sim.nodes;

import static io.gradelane.sim.nodes.Timeline.MILLI;

import io.gradelane.bus.wire.Wire;
import io.gradelane.core.ownership.PeerMessage;
import io.gradelane.sim.nodes.Encounters.Met;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What stands between the nodes: it carries, loses, delays and doubles messages, splits, and shows who is there. */
final class Network {

  /** How one node sees another: since when that has been as it is, and how long it takes to notice. */
  private static final class Sight {
    boolean reachable = true;
    long since;
    long notice;
  }

  private final Timeline timeline;
  private final SplittableRandom random;
  private final Encounters encounters;
  private final Map<String, SimNode> nodes = new HashMap<>();
  private final Map<String, Sight> sights = new HashMap<>();
  private final Map<String, Long> lastArrival = new HashMap<>();
  private final Map<String, Integer> side = new HashMap<>();
  private final boolean coded;
  private int loss;

  Network(Timeline timeline, SplittableRandom random, Encounters encounters, Weather weather) {
    this.timeline = timeline;
    this.random = random;
    this.encounters = encounters;
    coded = random.nextInt(4) == 0;
    loss = weather.badNetwork ? 5 : 0;
  }

  void add(SimNode node) {
    nodes.put(node.name, node);
  }

  /** From now on nothing is lost. */
  void mend() {
    loss = 0;
    merge();
  }

  // Who is there.

  boolean reachable(SimNode one, SimNode other) {
    return side.getOrDefault(one.name, 0).equals(side.getOrDefault(other.name, 0));
  }

  /** Whether {@code node} takes {@code other} for a member: what changes is noticed after a while. */
  boolean sees(SimNode node, SimNode other) {
    boolean before = node.members.contains(other.name);
    boolean reachable = other.alive && !other.frozen && reachable(node, other);
    Sight sight = sights.computeIfAbsent(node.name + other.name, any -> new Sight());
    if (reachable != sight.reachable) {
      sight.reachable = reachable;
      sight.since = timeline.now();
      sight.notice = notice(other, reachable);
    }
    return timeline.now() - sight.since >= sight.notice ? reachable : before;
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

  boolean isWhole() {
    return side.isEmpty();
  }

  void split(List<SimNode> all) {
    encounters.met(Met.SPLIT);
    all.forEach(node -> side.put(node.name, random.nextInt(2)));
    timeline.say("split " + side);
    timeline.in(1_000 + random.nextInt(25_000), this::merge);
  }

  private void merge() {
    if (!side.isEmpty()) {
      encounters.met(Met.MERGED);
      timeline.say("merge");
      side.clear();
    }
  }

  // Messages.

  void send(SimNode from, String to, PeerMessage message) {
    encounters.met(Met.MESSAGES);
    if (random.nextInt(100) < loss) {
      encounters.met(Met.LOST);
      timeline.say("lost " + from.name + " → " + to + " " + message);
      return;
    }
    carry(from, to, message);
    if (random.nextInt(100) < loss) {
      encounters.met(Met.DOUBLED);
      carry(from, to, message);
    }
  }

  private void carry(SimNode from, String to, PeerMessage message) {
    long sentAt = timeline.now();
    String pair = from.name + to;
    long arrival = sentAt + random.nextLong(100_000, 2 * MILLI);
    if (random.nextInt(100) < loss) {
      encounters.met(Met.LATE);
      arrival += random.nextLong(1, 3_000) * MILLI;
    } else {
      arrival = Math.max(arrival, lastArrival.getOrDefault(pair, 0L) + 1);
      lastArrival.put(pair, arrival);
    }
    timeline.at(arrival, () -> arrive(from, to, message, sentAt));
  }

  private void arrive(SimNode from, String to, PeerMessage message, long sentAt) {
    @Nullable SimNode target = nodes.get(to);
    if (target == null || !reachable(from, target)) {
      encounters.met(Met.CUT);
      return;
    }
    timeline.say(from.name + " → " + to + " " + message);
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
}
