package io.gradelane.dispatch;

import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.ServerView;
import io.gradelane.core.ownership.Part;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the dispatcher needs to know of each entry of the server map, and which entries have changed since. */
final class ServerViews {

  private final Duration warmUp;
  private final Map<String, Long> seen = new HashMap<>();
  private Part part = Part.ALL;

  ServerViews(Duration warmUp) {
    this.warmUp = warmUp;
  }

  Part part() {
    return part;
  }

  /** Forgets what has been seen; only this part of the slots may be used from now on. */
  void reset(Part next) {
    part = next;
    seen.clear();
  }

  /** Views of the entries that are new, or have another version than when last asked. */
  List<ServerView> changed(Map<String, ServerEntry> entries, Instant now) {
    return entries.values().stream()
        .filter(
            entry -> !Long.valueOf(entry.version()).equals(seen.put(entry.id(), entry.version())))
        .map(entry -> view(entry, now))
        .toList();
  }

  /** Ids that were there and are not any more. */
  Set<String> gone(Map<String, ServerEntry> entries) {
    Set<String> gone = new java.util.HashSet<>(seen.keySet());
    gone.removeAll(entries.keySet());
    seen.keySet().removeAll(gone);
    return gone;
  }

  /** Views of the servers that are warming: their share grows with time alone. */
  List<ServerView> warmed(Map<String, ServerEntry> entries, Instant now) {
    return entries.values().stream()
        .filter(entry -> entry.state() instanceof ServerState.Warming)
        .map(entry -> view(entry, now))
        .toList();
  }

  private ServerView view(ServerEntry entry, Instant now) {
    double share =
        entry.state() instanceof ServerState.Warming warming ? warming.share(now, warmUp) : 1.0;
    var spec = entry.spec();
    int slots = part.of(spec.slots());
    return new ServerView(
        spec.id(),
        slots,
        Math.min(slots, spec.cores()),
        spec.weight(),
        share,
        entry.state().grantable(),
        entry.languages().keySet());
  }

  static Map<String, Integer> inUse(PoolView view) {
    Map<String, Integer> inUse = new HashMap<>();
    view.servers().forEach(server -> inUse.put(server.id(), server.inUse()));
    return inUse;
  }
}
