package io.gradelane.health;

import io.gradelane.bus.BusMessage.Evidence;
import io.gradelane.bus.BusMessage.Status;
import io.gradelane.cluster.Members;
import io.gradelane.cluster.Rendezvous;
import io.gradelane.core.run.Ending;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerState;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watches of this node: one for each server that is its to probe. Every node works out by itself which ones are, from
 * the members and the map, and does so again whenever either has changed.
 */
final class Watches {

  private static final Logger log = LoggerFactory.getLogger(HealthVerticle.class);

  private final Watching shared;
  private final Members members;
  private final Load load;
  private final Map<String, Watch> byServer = new HashMap<>();
  private final Set<String> shown = new HashSet<>();

  Watches(Watching shared, Members members, Load load) {
    this.shared = shared;
    this.members = members;
    this.load = load;
  }

  /** Begins and ends watches; a server that is this node's since now, or that is back at the start, is probed at once. */
  void assign() {
    Map<String, ServerEntry> all = shared.book().all();
    for (ServerEntry entry : all.values()) {
      show(entry.id());
      if (isMine(entry.id())) {
        watch(entry);
      } else {
        stop(entry.id());
      }
    }
    Set.copyOf(shown).stream().filter(id -> !all.containsKey(id)).forEach(this::forget);
  }

  private boolean isMine(String server) {
    return Rendezvous.choose(server, members.snapshot())
        .filter(members.self()::equals)
        .isPresent();
  }

  private void watch(ServerEntry entry) {
    Watch watch = byServer.get(entry.id());
    if (watch == null) {
      log.atDebug()
          .addKeyValue("server", entry.id())
          .log("this node probes the server from now on");
      watch = new Watch(entry.id(), shared);
      byServer.put(entry.id(), watch);
      watch.begin();
    } else {
      watch.seen(entry.state());
    }
  }

  private void show(String server) {
    if (shown.add(server)) {
      shared.meters().show(server, shared.book()::entry);
    }
  }

  private void forget(String server) {
    stop(server);
    shown.remove(server);
    shared.meters().hide(server);
  }

  private void stop(String server) {
    Watch watch = byServer.remove(server);
    if (watch != null) {
      watch.stop();
      shared.book().forget(server);
    }
  }

  /** Ends when each of this node's servers has been probed. */
  Future<Void> probeAll() {
    return Future.join(byServer.values().stream().map(Watch::probe).toList()).mapEmpty();
  }

  /** A refusal says nothing against a server: it lowers the dispatcher's limit and no more. */
  void heard(Evidence evidence) {
    Watch watch = byServer.get(evidence.server());
    if (watch == null) {
      return;
    }
    if (evidence.blamed() || evidence.ending() == Ending.LOST) {
      watch.heard(new Sign.RunFailed("a run failed there: " + evidence.cause()));
    } else if (evidence.ending() == Ending.OK) {
      watch.heard(new Sign.RunWorked());
    }
  }

  void heard(Status status) {
    load.set(status.inUse());
    for (ServerEntry entry : shared.book().all().values()) {
      if (entry.state() instanceof ServerState.Draining
          && byServer.containsKey(entry.id())
          && load.isIdle(entry.id())) {
        shared.book().apply(entry.id(), new Sign.Idle());
      }
    }
  }

  void stop() {
    byServer.values().forEach(Watch::stop);
  }
}
