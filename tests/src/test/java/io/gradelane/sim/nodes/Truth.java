package io.gradelane.sim.nodes;

import io.gradelane.core.dispatch.Holding;
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

  /** By so much a permit may be held longer because its beat or report was under way. */
  private static final long LATE = 4_000 * Timeline.MILLI;

  record Attempt(RunId run, int attempt) {}

  private record Past(long at, String node) {}

  static final class Jobe {
    final String id;
    final int slots;
    final Set<PermitId> executing = new HashSet<>();

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

  /** When a quarantined permit's slot is free, by the first owner that quarantined it. */
  private final Map<PermitId, Long> isolated = new HashMap<>();

  private long oldNewsUntil;

  Truth(Encounters encounters) {
    this.encounters = encounters;
  }

  /** A node hears now what was said to it while it was frozen, and can't know how old that is. */
  void thawed(long now) {
    oldNewsUntil = now + LONGEST;
  }

  /** However many owners hand it on, a permit that is lost is held no longer, but for what messages were late. */
  void isolated(Holding holding, String owner, long now) {
    long until = now + holding.leftMillis() * Timeline.MILLI;
    long first = isolated.computeIfAbsent(holding.permit(), permit -> until);
    if (until > first + LATE && now > oldNewsUntil) {
      throw new AssertionError(owner + " holds " + holding + " until " + until / Timeline.MILLI
          + "; it was to be free at " + first / Timeline.MILLI);
    }
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
    int unknown = jobe.executing.size() - known;
    if (unknown <= 0) {
      return;
    }
    long unsaid = jobe.unsaid.stream().filter(past -> past.at >= lastBeat).count();
    int inherited = jobe.unknown(now);
    if (!manyOwners(now) && unknown > unsaid + inherited) {
      throw new AssertionError(
          owner + " took over and knows " + known + " of " + jobe.executing.size()
              + " runs on " + server + "; after the last beat came " + unsaid
              + ", and the owner before did not know of " + inherited);
    }
    jobe.unknown = Math.max(inherited, unknown);
    jobe.unknownUntil = now + LONGEST;
  }

  /** How many of these have in truth ended on that server: they hide as many that nobody knows of. */
  int ended(List<Holding> quarantined, String server) {
    return (int) quarantined.stream()
        .filter(holding -> holding.server().equals(server))
        .filter(holding -> !server(server).executing.contains(holding.permit()))
        .count();
  }

  /** A node believes a grant: the run executes. */
  void starts(Attempt attempt, PermitId permit, String server, long now) {
    if (!believed.add(attempt)) {
      throw new AssertionError(attempt + " was granted twice, and both were believed");
    }
    Jobe jobe = server(server);
    jobe.executing.add(permit);
    unsaid(server, now);
    int most = manyOwners(now) ? mostOwners * jobe.slots : jobe.slots;
    int unknown = jobe.unknown(now);
    int executing = jobe.executing.size();
    if (executing > jobe.slots) {
      encounters.met(Met.ABOVE_SLOTS);
      if (strict && executing > most + unknown) {
        throw new AssertionError(executing + " runs on " + server + " of " + jobe.slots
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

  void ends(PermitId permit, String server) {
    server(server).executing.remove(permit);
  }

  boolean quiet() {
    return servers.stream().allMatch(server -> server.executing.isEmpty());
  }
}
