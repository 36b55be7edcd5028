package io.gradelane.core.fleet;

import io.gradelane.core.fleet.HostState.Terminated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan in the making: the hosts as they will be, and the actions that make them so. Of one pass, on one thread. */
final class Draft {

  private final Instant now;
  private final Map<HostId, Host> hosts = new LinkedHashMap<>();
  private final List<FleetAction> actions = new ArrayList<>();
  private LaunchPause pause;

  Draft(FleetView view, LaunchPause pause) {
    this.now = view.now();
    this.pause = pause;
    view.hosts().stream()
        .sorted(Comparator.comparing(Host::created).thenComparing(Host::id))
        .forEach(host -> hosts.put(host.id(), host));
  }

  Instant now() {
    return now;
  }

  /** The living ones, the oldest first. */
  List<Host> hosts() {
    return List.copyOf(hosts.values());
  }

  /** Those in one state, the oldest first. */
  List<Host> in(Class<? extends HostState> state) {
    List<Host> found = new ArrayList<>();
    for (Host host : hosts.values()) {
      if (state.isInstance(host.state())) {
        found.add(host);
      }
    }
    return found;
  }

  boolean has(HostId id) {
    return hosts.containsKey(id);
  }

  int count() {
    return hosts.size();
  }

  void insert(Host host) {
    hosts.put(host.id(), host);
    actions.add(new FleetAction.Insert(host));
  }

  void move(Host host, HostState next) {
    replace(host, host.to(next));
  }

  void replace(Host before, Host after) {
    actions.add(new FleetAction.Replace(before, after));
    if (after.state() instanceof Terminated) {
      hosts.remove(after.id());
    } else {
      hosts.put(after.id(), after);
    }
  }

  void then(FleetAction action) {
    actions.add(action);
  }

  LaunchPause pause() {
    return pause;
  }

  /** A launch has come to nothing. Several in one pass count once. */
  void launchFailed() {
    if (pause.over(now)) {
      pause = pause.failed(now);
    }
  }

  void launchWorked() {
    pause = LaunchPause.NONE;
  }

  List<FleetAction> actions() {
    return actions;
  }
}
