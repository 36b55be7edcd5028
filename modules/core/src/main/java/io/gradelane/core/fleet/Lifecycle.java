package io.gradelane.core.fleet;

import io.gradelane.core.fleet.HostState.Draining;
import io.gradelane.core.fleet.HostState.Launching;
import io.gradelane.core.fleet.HostState.Pooled;
import io.gradelane.core.fleet.HostState.Unhealthy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Moves hosts by what they do themselves and by how long they do it. */
final class Lifecycle {

  private final FleetRules rules;

  Lifecycle(FleetRules rules) {
    this.rules = rules;
  }

  /** Launching ones become ready, or have had their time. */
  void arrive(Draft draft, Set<HostId> answering) {
    for (Host host : draft.in(Launching.class)) {
      Launching launching = (Launching) host.state();
      if (answering.contains(host.id())) {
        draft.move(host, launching.answered("its server answers", draft.now()));
        draft.launchWorked();
      } else if (managed() && tooLong(launching, rules.times().launch(), draft.now())) {
        String why = "no answer within " + Words.of(rules.times().launch());
        draft.move(host, launching.expired(why, draft.now()));
        draft.launchFailed();
      }
    }
  }

  /** Those whose server health has given up become unhealthy. */
  void fail(Draft draft, Optional<Map<HostId, HostUse>> pool) {
    if (!managed() || pool.isEmpty()) {
      return;
    }
    for (Host host : draft.hosts()) {
      HostUse use = pool.get().get(host.id());
      if (use != null && isDown(use.downSince(), draft.now())) {
        failing(draft, host);
      }
    }
  }

  private void failing(Draft draft, Host host) {
    String why = "its server has been down for " + Words.of(rules.times().down());
    if (host.state() instanceof Pooled pooled) {
      draft.move(host, pooled.failing(why, draft.now()));
    }
  }

  /** Draining and unhealthy ones that are idle end, and unhealthy ones that have had their time. */
  void end(Draft draft, Optional<Map<HostId, HostUse>> pool) {
    if (!managed()) {
      return;
    }
    for (Host host : draft.in(Draining.class)) {
      if (isIdle(host, pool)) {
        draft.move(host, ((Draining) host.state()).idle("drained and idle", draft.now()));
      }
    }
    for (Host host : draft.in(Unhealthy.class)) {
      Unhealthy unhealthy = (Unhealthy) host.state();
      if (isIdle(host, pool)) {
        draft.move(host, unhealthy.idle("idle: " + unhealthy.reason(), draft.now()));
      } else if (tooLong(unhealthy, rules.times().unhealthy(), draft.now())) {
        String why =
            "unhealthy for " + Words.of(rules.times().unhealthy()) + ": " + unhealthy.reason();
        draft.move(host, unhealthy.expired(why, draft.now()));
      }
    }
  }

  /** Not in the pool is idle too; a pool that could not be asked proves nothing. */
  private static boolean isIdle(Host host, Optional<Map<HostId, HostUse>> pool) {
    return pool.map(uses -> uses.get(host.id())).map(HostUse::idle).orElse(pool.isPresent());
  }

  private boolean isDown(@Nullable Instant since, Instant now) {
    return since != null && Duration.between(since, now).compareTo(rules.times().down()) >= 0;
  }

  private static boolean tooLong(HostState state, Duration most, Instant now) {
    return state.age(now).compareTo(most) >= 0;
  }

  private boolean managed() {
    return rules.scaling() != Scaling.FIXED;
  }
}
