package io.gradelane.core.fleet;

import io.gradelane.core.fleet.HostState.Draining;
import io.gradelane.core.fleet.HostState.Launching;
import io.gradelane.core.fleet.HostState.Ready;
import io.gradelane.core.fleet.HostState.Terminated;
import io.gradelane.core.fleet.HostState.Terminating;
import io.gradelane.core.fleet.HostState.Unhealthy;
import java.util.Map;
import java.util.Optional;

/**
 * What the provider and the pool are asked for, derived anew in every pass from what the table will say: a request that
 * was lost is made again by itself, and one that was heard is harmless.
 */
final class Requests {

  private Requests() {}

  /** Launches that nobody has confirmed, and terminations that the provider has not carried out. */
  static void ofProvider(Draft draft, FleetRules rules) {
    if (rules.scaling() == Scaling.FIXED) {
      return;
    }
    int launches = 0;
    for (Host host : draft.hosts()) {
      if (host.state() instanceof Terminating && !host.ref().isEmpty()) {
        draft.then(new FleetAction.Terminate(host));
      } else if (host.state() instanceof Launching
          && host.ref().isEmpty()
          && draft.pause().over(draft.now())
          && launches < rules.launchesAtOnce()) {
        draft.then(new FleetAction.Launch(host));
        launches++;
      }
    }
  }

  /** Ready hosts belong into the pool and open, draining and unhealthy ones closed, all others not. */
  static void ofPool(Draft draft, Optional<Map<HostId, HostUse>> pool) {
    if (pool.isEmpty()) {
      return;
    }
    Map<HostId, HostUse> uses = pool.get();
    for (Host host : draft.hosts()) {
      HostUse use = uses.get(host.id());
      switch (host.state()) {
        case Ready ready -> {
          if (use == null || use.closed()) {
            draft.then(new FleetAction.Join(host));
          }
        }
        case Draining draining -> close(draft, host, use != null && !use.closed());
        case Unhealthy unhealthy -> close(draft, host, use != null && !use.closed());
        case Launching launching -> leave(draft, host.id(), use != null);
        case Terminating terminating -> leave(draft, host.id(), use != null);
        case Terminated terminated -> {}
      }
    }
    uses.keySet().stream()
        .sorted()
        .filter(id -> !draft.has(id))
        .forEach(id -> leave(draft, id, true));
  }

  private static void close(Draft draft, Host host, boolean needed) {
    if (needed) {
      draft.then(new FleetAction.Close(host.id()));
    }
  }

  private static void leave(Draft draft, HostId id, boolean needed) {
    if (needed) {
      draft.then(new FleetAction.Leave(id));
    }
  }
}
