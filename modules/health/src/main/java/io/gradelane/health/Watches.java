package io.gradelane.health;

import io.gradelane.bus.BusMessage.Evidence;
import io.gradelane.bus.BusMessage.Status;
import io.gradelane.core.run.Ending;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The watches of a pool: one for each configured server. */
final class Watches {

  private final Watching shared;
  private final Load load;
  private final Map<String, Watch> byServer = new HashMap<>();

  Watches(Watching shared, Load load) {
    this.shared = shared;
    this.load = load;
  }

  /** Puts these servers into the map and watches them, and lets go of all others. */
  Future<Void> watchOnly(List<ServerSpec> specs) {
    Set<String> gone = new HashSet<>(shared.book().all().keySet());
    specs.forEach(spec -> gone.remove(spec.id()));
    List<Future<?>> steps = new java.util.ArrayList<>();
    gone.forEach(id -> steps.add(remove(id)));
    specs.forEach(spec -> steps.add(add(spec)));
    return Future.join(steps).mapEmpty();
  }

  private Future<?> remove(String id) {
    Watch watch = byServer.remove(id);
    if (watch != null) {
      watch.stop();
    }
    shared.meters().hide(id);
    return shared.book().remove(id);
  }

  private Future<?> add(ServerSpec spec) {
    return shared.book().configure(spec).onSuccess(entry -> {
      byServer.computeIfAbsent(spec.id(), id -> new Watch(id, shared));
      shared.meters().show(spec.id(), shared.book()::entry);
    });
  }

  /** Ends when each has been probed. */
  Future<Void> probeAll() {
    return Future.join(byServer.values().stream().map(Watch::probe).toList()).mapEmpty();
  }

  void probe(String server) {
    Watch watch = byServer.get(server);
    if (watch != null) {
      watch.probe();
    }
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
      if (entry.state() instanceof ServerState.Draining && load.isIdle(entry.id())) {
        shared.book().apply(entry.id(), new Sign.Idle());
      }
    }
  }

  void stop() {
    byServer.values().forEach(Watch::stop);
  }
}
