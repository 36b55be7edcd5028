package io.gradelane.health;

import io.gradelane.cluster.ServerMap;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Writes the server map: what a sign changes is decided on the entry as it is, and again if somebody else has replaced
 * it meanwhile. Used on health's context only.
 */
final class ServerBook {

  private final ServerMap map;
  private final Judge judge;
  private final InstantSource clock;
  private final Changes changes;
  private final Map<String, Track> tracks = new HashMap<>();

  ServerBook(ServerMap map, Judge judge, InstantSource clock, Changes changes) {
    this.map = map;
    this.judge = judge;
    this.clock = clock;
    this.changes = changes;
  }

  Map<String, ServerEntry> all() {
    return map.snapshot();
  }

  Optional<ServerEntry> entry(String id) {
    return Optional.ofNullable(map.snapshot().get(id));
  }

  Track track(String id) {
    return tracks.computeIfAbsent(id, any -> new Track());
  }

  /** Adds a server that has never been reached, unless it is there already. */
  Future<Optional<ServerEntry>> add(ServerSpec spec) {
    Optional<ServerEntry> before = entry(spec.id());
    if (before.isPresent()) {
      return Future.succeededFuture(before);
    }
    ServerEntry added =
        new ServerEntry(spec, new ServerState.Unknown(clock.instant()), Map.of(), 1);
    return map.replace(spec.id(), null, added)
        .map(done -> done ? Optional.of(added) : entry(spec.id()));
  }

  /** Adds a server, or gives the one that is there what is configured now. */
  Future<Optional<ServerEntry>> configure(ServerSpec spec) {
    return entry(spec.id()).isEmpty()
        ? add(spec)
        : update(
            spec.id(), entry -> entry.configured().equals(spec) ? entry : entry.configuredAs(spec));
  }

  /** Takes a server out that is not configured any more. */
  Future<Void> remove(String id) {
    forget(id);
    ServerEntry before = map.snapshot().get(id);
    return before == null
        ? Future.succeededFuture()
        : map.replace(id, before, null)
            .compose(done -> done ? Future.succeededFuture() : remove(id));
  }

  /** Whatever its probes and runs have said: another node keeps that from now on. */
  void forget(String id) {
    tracks.remove(id);
  }

  Future<Optional<ServerEntry>> languages(String id, Map<String, String> languages) {
    return update(
        id, entry -> entry.languages().equals(languages) ? entry : entry.withLanguages(languages));
  }

  /** Notes the sign and changes the server's state accordingly. */
  Future<Optional<ServerEntry>> apply(String id, Sign sign) {
    return apply(id, sign, (entry, next) -> next.equals(entry.state()) ? entry : entry.with(next));
  }

  /** @param enter makes the entry of its state after the sign; the same instance changes nothing */
  Future<Optional<ServerEntry>> apply(
      String id, Sign sign, BiFunction<ServerEntry, ServerState, ServerEntry> enter) {
    Instant now = clock.instant();
    Track track = track(id);
    track.note(sign, now);
    return update(
        id,
        entry ->
            enter.apply(entry, judge.next(entry.state(), sign, track, isDispensable(id), now)));
  }

  /**
   * Whether runs alone may eject the server: at least half of the pool, less what the operator drains, must go on taking
   * runs. They can't tell a pool of failing servers from a failing network of our own, or from one student's program.
   */
  private boolean isDispensable(String id) {
    int pool = 0;
    int others = 0;
    for (ServerEntry each : map.snapshot().values()) {
      pool += isDrained(each.state()) ? 0 : 1;
      others += each.state().grantable() && !each.id().equals(id) ? 1 : 0;
    }
    return 2 * others >= pool;
  }

  private static boolean isDrained(ServerState state) {
    return state instanceof ServerState.Draining || state instanceof ServerState.Drained;
  }

  /** What becomes of a state when nothing new shall start there. */
  ServerState drained(ServerState state) {
    return state.drain(clock.instant());
  }

  /** What becomes of a state when it may take runs again, once a probe has succeeded. */
  ServerState undrained(ServerState state) {
    return Judge.undrained(state, clock.instant());
  }

  /** Replaces the entry by what {@code change} makes of it; the same instance changes nothing. */
  Future<Optional<ServerEntry>> update(String id, UnaryOperator<ServerEntry> change) {
    ServerEntry before = map.snapshot().get(id);
    if (before == null) {
      return Future.succeededFuture(Optional.empty());
    }
    ServerEntry next = change.apply(before);
    if (next.equals(before)) {
      return Future.succeededFuture(Optional.of(before));
    }
    return replace(before, next)
        .compose(done -> done ? Future.succeededFuture(Optional.of(next)) : update(id, change));
  }

  /** @return false if somebody else has replaced {@code before} */
  Future<Boolean> replace(ServerEntry before, ServerEntry next) {
    return map.replace(before.id(), before, next).map(done -> {
      if (done) {
        changes.changed(before, next);
      }
      return done;
    });
  }
}
