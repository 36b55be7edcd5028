package io.gradelane.sim.nodes;

import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.run.RunId;
import io.gradelane.sim.nodes.Encounters.Met;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which runs really execute on which server, and how many may. */
final class Truth {

  /** Longer than any run may execute. */
  static final long LONGEST = 20_000 * Timeline.MILLI;

  record Attempt(RunId run, int attempt) {}

  private record Past(long at, String node) {}

  static final class Jobe {
    final String id;
    final int slots;
    int executing;

    /** Runs that its owner did not know of when it took over, and until when they may execute. */
    private int unknown;

    private long unknownUntil;

    /** Grants, and endings of which nobody knows how: what a beat that was not heard would have told. */
    private final Deque<Past> unsaid = new ArrayDeque<>();

    Jobe(String id, int slots) {
      this.id = id;
      this.slots = slots;
    }

    private int unknown(long now) {
      return now <= unknownUntil ? unknown : 0;
    }
  }

  final List<Jobe> servers = new ArrayList<>();
  private final Map<String, Jobe> byId = new HashMap<>();
  private final Set<Attempt> believed = new HashSet<>();
  private final Encounters encounters;
  private int owners;
  private int mostOwners = 1;
  private long mostOwnersUntil;
  private boolean strict = true;

  /** A permit that somebody was told of: when, and when its node was rid of it. */
  static final class Told {
    final String server;
    long at;
    long ended = Long.MAX_VALUE;

    Told(String server, long at) {
      this.server = server;
      this.at = at;
    }
  }

  final Map<PermitId, Told> told = new HashMap<>();

  Truth(Encounters encounters) {
    this.encounters = encounters;
  }

  void add(Jobe server) {
    servers.add(server);
    byId.put(server.id, server);
  }

  Jobe server(String id) {
    return Objects.requireNonNull(byId.get(id), id);
  }

  /** So many nodes take themselves for the owner from now on. */
  void owners(int count, long now) {
    if (now > mostOwnersUntil) {
      mostOwners = 1;
    }
    if (count >= mostOwners && count > 1) {
      mostOwners = count;
      mostOwnersUntil = now + LONGEST;
    }
    if (owners > 1) {
      mostOwnersUntil = now + LONGEST;
    }
    owners = count;
  }

  boolean manyOwners(long now) {
    return now <= mostOwnersUntil && mostOwners > 1;
  }

  /**
   * A node begins to own. It may not know of what happened after the last beat that it heard, nor of what the owner before
   * it did not know: no beat of that one can have told it, as of a run that a dead owner granted itself after its last.
   */
  void takenOver(String server, int known, String owner, long lastBeat, long now) {
    Jobe jobe = server(server);
    int unknown = jobe.executing - known;
    if (unknown <= 0) {
      return;
    }
    long unsaid = jobe.unsaid.stream().filter(past -> past.at >= lastBeat).count();
    int inherited = jobe.unknown(now);
    if (!manyOwners(now) && unknown > unsaid + inherited) {
      throw new AssertionError(owner + " took over and knows " + known + " of " + jobe.executing
          + " runs on " + server + "; after the last beat came " + unsaid
          + ", and the owner before did not know of " + inherited);
    }
    jobe.unknown = Math.max(inherited, unknown);
    jobe.unknownUntil = now + LONGEST;
  }

  /** A node believes a grant: the run executes. */
  void starts(Attempt attempt, String server, long now) {
    if (!believed.add(attempt)) {
      throw new AssertionError(attempt + " was granted twice, and both were believed");
    }
    Jobe jobe = server(server);
    jobe.executing++;
    unsaid(server, now);
    int most = manyOwners(now) ? mostOwners * jobe.slots : jobe.slots;
    int unknown = jobe.unknown(now);
    if (jobe.executing > jobe.slots) {
      encounters.met(Met.ABOVE_SLOTS);
      if (strict && jobe.executing > most + unknown) {
        throw new AssertionError(jobe.executing + " runs on " + server + " of " + jobe.slots
            + " slots, owners " + mostOwners + ", unknown at takeover " + unknown);
      }
    }
  }

  void unsaid(String server, long now) {
    Deque<Past> unsaid = server(server).unsaid;
    unsaid.addLast(new Past(now, ""));
    while (!unsaid.isEmpty() && unsaid.getFirst().at < now - LONGEST) {
      unsaid.removeFirst();
    }
  }

  void ends(String server) {
    server(server).executing--;
  }

  boolean quiet() {
    return servers.stream().allMatch(server -> server.executing == 0);
  }
}
