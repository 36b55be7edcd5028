package io.gradelane.sim;

import io.gradelane.core.dispatch.ServerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A server: how it really is, what the dispatcher has been told, and which permits are out there. */
final class SimServer {

  enum Health {
    GOOD,
    DEAD,
    FROZEN,
    REFUSING
  }

  final int number;
  final String id;
  Health health = Health.GOOD;

  boolean known = true;
  boolean grantable = true;
  int slots;
  int cores;
  double weight = 1;
  double share = 1;
  final Set<String> languages;

  /** Permits out, the quarantined ones included. */
  final List<SimRun.Permit> permits = new ArrayList<>();

  /** As the dispatcher says: the most permits now, and whether it is set aside for a quiet run. */
  int limit;

  boolean held;

  /** Whether it has ever refused a run: only then may its limit be lower than its slots. */
  boolean everRefused;

  SimServer(int number, int slots, int cores, Set<String> languages) {
    this.number = number;
    this.id = "s" + number;
    this.slots = slots;
    this.cores = cores;
    this.languages = languages;
    this.limit = slots;
  }

  ServerView view() {
    return new ServerView(id, slots, cores, weight, share, grantable, languages);
  }

  boolean takesRuns() {
    return known && grantable;
  }

  int inUse() {
    return permits.size();
  }

  boolean anyQuiet() {
    for (SimRun.Permit permit : permits) {
      if (permit.quiet) {
        return true;
      }
    }
    return false;
  }

  /** Most permits now, by the rules for quiet runs too. */
  int ceiling() {
    return held || anyQuiet() ? Math.min(limit, cores) : limit;
  }

  void add(SimRun.Permit permit) {
    permits.add(permit);
    noteAbove();
  }

  /** Whoever is there now has been on a server above its cores. */
  void noteAbove() {
    if (permits.size() > cores) {
      for (SimRun.Permit permit : permits) {
        permit.crowded = true;
      }
    }
  }
}
