package io.gradelane.fleet;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostUse;
import io.gradelane.core.fleet.Load;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A pool in the heap in which nothing runs, with a load that is set. Thread-safe. */
final class FakePool implements FleetPool {

  private final Map<HostId, HostUse> uses = new ConcurrentSkipListMap<>();
  private volatile Load load = new Load(0, 0);

  void busy(int runs) {
    load = new Load(runs, 0);
  }

  boolean isClosed(String host) {
    HostUse use = uses.get(new HostId(host));
    return use != null && use.closed();
  }

  Map<HostId, HostUse> uses() {
    return Map.copyOf(uses);
  }

  @Override
  public Future<Sight> look() {
    return Future.succeededFuture(new Sight(Optional.of(load), uses));
  }

  @Override
  public Future<Boolean> answers(Host host) {
    return Future.succeededFuture(true);
  }

  @Override
  public Future<Void> join(long fence, Host host) {
    uses.put(host.id(), new HostUse(false, 0, null));
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> close(long fence, HostId id) {
    uses.put(id, new HostUse(true, 0, null));
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> leave(long fence, HostId id) {
    uses.remove(id);
    return Future.succeededFuture();
  }
}
