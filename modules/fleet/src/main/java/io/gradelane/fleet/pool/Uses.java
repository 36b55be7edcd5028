package io.gradelane.fleet.pool;

import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.PoolView.LaneView;
import io.gradelane.core.dispatch.PoolView.ServerUse;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostUse;
import io.gradelane.core.fleet.Load;
import io.gradelane.core.fleet.QueuedBatch;
import io.gradelane.core.server.FleetMark;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the server map and the dispatcher together say of servers on hosts. */
final class Uses {

  private final Map<String, ServerEntry> servers;
  private final Map<String, ServerUse> granted;
  private final List<LaneView> lanes;

  Uses(Map<String, ServerEntry> servers, PoolView view) {
    this.servers = servers;
    granted = view.servers().stream().collect(Collectors.toMap(ServerUse::id, Function.identity()));
    lanes = view.lanes().stream()
        .filter(lane -> !lane.spec().name().equals(Want.PROBE_LANE))
        .toList();
  }

  Map<HostId, HostUse> all() {
    Map<HostId, HostUse> uses = new HashMap<>();
    servers
        .values()
        .forEach(entry -> FleetMark.of(entry.spec())
            .ifPresent(mark -> uses.put(new HostId(mark.host()), use(entry, mark))));
    return uses;
  }

  private HostUse use(ServerEntry entry, FleetMark mark) {
    Optional<ServerUse> use = Optional.ofNullable(granted.get(entry.id()));
    boolean draining = entry.state() instanceof ServerState.Draining
        || entry.state() instanceof ServerState.Drained;
    boolean heard = use.map(ServerUse::closed).orElse(false);
    return new HostUse(
        mark.closed() && draining && heard,
        use.map(ServerUse::inUse).orElse(0),
        downSince(entry.state()));
  }

  private static @Nullable Instant downSince(ServerState state) {
    return state instanceof ServerState.Down down ? down.since() : null;
  }

  /** What is for the fleet to do: the runs on its own hosts, probe runs apart, and all that wait. */
  Load load(List<QueuedBatch> batches) {
    int busy = servers.values().stream()
        .filter(entry -> FleetMark.of(entry.spec()).isPresent())
        .mapToInt(entry ->
            Optional.ofNullable(granted.get(entry.id())).map(Uses::demand).orElse(0))
        .sum();
    int waiting = lanes.stream().mapToInt(LaneView::depth).sum();
    long oldest = lanes.stream().mapToLong(LaneView::oldestMillis).max().orElse(0);
    return new Load(busy, waiting, Duration.ofMillis(oldest), batches);
  }

  /** A probe run is nobody's demand: a host that is only probed must not call for another one. */
  private static int demand(ServerUse use) {
    return use.inUse() - use.probes();
  }
}
