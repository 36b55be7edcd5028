package io.gradelane.core.fleet;

import io.gradelane.core.fleet.HostState.Launching;
import io.gradelane.core.fleet.HostState.Terminating;
import io.gradelane.core.fleet.HostState.Useful;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.core.fleet.Memory.Absence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the provider lists with what the table says, both ways. Nothing follows from a listing that failed, and
 * from an empty one only that what was being terminated is gone.
 */
final class Reconciler {

  /** Fewer complete listings than these, however far apart, don't prove that a host is gone. */
  private static final int PROOF = 3;

  private final FleetRules rules;
  private final Supplier<HostId> names;

  Reconciler(FleetRules rules, Supplier<HostId> names) {
    this.rules = rules;
    this.names = names;
  }

  /** @return what is to be remembered of it */
  Memory reconcile(Draft draft, Listing listing, Memory memory) {
    return switch (listing) {
      case Listing.Failed failed -> memory;
      case Listing.Complete complete -> reconcile(draft, complete.hosts(), memory);
    };
  }

  private Memory reconcile(Draft draft, List<Listed> listed, Memory memory) {
    Map<String, Host> byRef = new HashMap<>();
    Map<String, Host> unplaced = new HashMap<>();
    for (Host host : draft.hosts()) {
      if (host.ref().isEmpty()) {
        unplaced.put(host.id().value(), host);
      } else {
        byRef.put(host.ref(), host);
      }
    }
    Set<HostId> seen = new HashSet<>();
    List<Listed> strangers = new ArrayList<>();
    for (Listed one : listed) {
      Host host = byRef.get(one.ref());
      Host known = host != null ? host : unplaced.remove(one.token());
      if (known == null && one.condition() != Condition.ENDED) {
        strangers.add(one);
      } else if (known != null) {
        seen.add(known.id());
        compare(draft, known, one);
      }
    }
    Map<HostId, Absence> missing = missing(draft, seen, listed.isEmpty(), memory.missing());
    Map<String, Instant> unknown = adopt(draft, strangers, memory.unknown());
    return new Memory(memory.desires(), missing, unknown, memory.pause());
  }

  /** Both know it: what the provider knows better is taken over. */
  private static void compare(Draft draft, Host host, Listed listed) {
    Host located = host;
    boolean addressTold = !listed.address().isEmpty() && !listed.address().equals(host.address());
    if (host.ref().isEmpty() || addressTold) {
      located = host.located(listed.ref(), listed.address());
      draft.replace(host, located);
    }
    switch (listed.condition()) {
      case SOUND -> {}
      case BROKEN -> broken(draft, located);
      case ENDED -> gone(draft, located, "the provider lists " + listed.ref() + " as ended");
    }
  }

  private static void broken(Draft draft, Host host) {
    String why = "the provider lists " + host.ref() + " as stopped or failed";
    if (host.state() instanceof Useful useful) {
      draft.move(host, useful.broken(why, draft.now()));
    }
    if (host.state() instanceof Launching) {
      draft.launchFailed();
    }
  }

  private Map<HostId, Absence> missing(
      Draft draft, Set<HostId> seen, boolean nothingListed, Map<HostId, Absence> before) {
    Map<HostId, Absence> missing = new HashMap<>();
    for (Host host : draft.hosts()) {
      if (seen.contains(host.id()) || !provesAbsence(host, nothingListed)) {
        continue;
      }
      Absence absence =
          before.getOrDefault(host.id(), new Absence(draft.now(), 0)).again();
      if (absence.listings() >= PROOF && longerThanGrace(absence.since(), draft.now())) {
        gone(draft, host, "complete listings no longer name it");
      } else {
        missing.put(host.id(), absence);
      }
    }
    return missing;
  }

  /** Whether not being listed says anything of this host. */
  private static boolean provesAbsence(Host host, boolean nothingListed) {
    boolean ending = host.state() instanceof Terminating;
    return ending || (!nothingListed && !host.ref().isEmpty());
  }

  private static void gone(Draft draft, Host host, String why) {
    host.ended(why, draft.now()).ifPresent(after -> draft.replace(host, after));
    if (host.state() instanceof Launching) {
      draft.launchFailed();
    }
  }

  private Map<String, Instant> adopt(
      Draft draft, List<Listed> strangers, Map<String, Instant> before) {
    Map<String, Instant> unknown = new HashMap<>();
    for (Listed stranger : strangers) {
      Instant since = before.getOrDefault(stranger.ref(), draft.now());
      Host host = adopted(stranger, since, draft.now());
      if (host == null) {
        unknown.put(stranger.ref(), since);
      } else {
        draft.insert(host);
      }
    }
    return unknown;
  }

  private @Nullable Host adopted(Listed stranger, Instant since, Instant now) {
    if (rules.scaling() == Scaling.FIXED) {
      HostState state = HostState.enrol("the provider lists " + stranger.ref(), now);
      return Host.born(names.get(), stranger.ref(), stranger.address(), state);
    }
    if (!longerThanGrace(since, now)) {
      return null;
    }
    HostState state = HostState.adopt("listed as " + stranger.ref() + " and known to nobody", now);
    return Host.born(names.get(), stranger.ref(), stranger.address(), state);
  }

  private boolean longerThanGrace(Instant since, Instant now) {
    return Duration.between(since, now).compareTo(rules.times().grace()) >= 0
        && since.isBefore(now);
  }
}
