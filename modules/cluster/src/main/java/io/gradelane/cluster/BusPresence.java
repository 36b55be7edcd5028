package io.gradelane.cluster;

import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the others find this node's event bus. When a split heals, what a node had told of itself may be gone: its
 * address, or what it listens to. So it looks now and then, and tells everything again if anything is missing.
 */
final class BusPresence {

  private static final Logger log = LoggerFactory.getLogger(BusPresence.class);
  private static final long LOOK_EVERY_MILLIS = 3_000;

  private final Vertx vertx;
  private final HazelcastClusterManager manager;
  private final String mark;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile boolean ended;

  private BusPresence(Vertx vertx, HazelcastClusterManager manager) {
    this.vertx = vertx;
    this.manager = manager;
    mark = "presence." + manager.getNodeId();
  }

  /** Begins. */
  static Future<BusPresence> of(Vertx vertx, HazelcastClusterManager manager) {
    BusPresence presence = new BusPresence(vertx, manager);
    return vertx
        .eventBus()
        .consumer(presence.mark, message -> {})
        .completion()
        .onSuccess(marked -> vertx.setPeriodic(LOOK_EVERY_MILLIS, presence::tick))
        .map(presence);
  }

  void end() {
    ended = true;
  }

  private void tick(long timer) {
    if (ended) {
      vertx.cancelTimer(timer);
    } else if (looking.compareAndSet(false, true)) {
      isThere()
          .compose(there -> there ? Future.succeededFuture() : tellAgain())
          .onComplete(looked -> looking.set(false));
    }
  }

  /** Fails if the members don't answer just now. */
  private Future<Boolean> isThere() {
    Promise<List<RegistrationInfo>> registrations = Promise.promise();
    manager.getRegistrations(mark, registrations);
    return registrations
        .future()
        .compose(found -> found.isEmpty() ? Future.succeededFuture(false) : hasAddress());
  }

  private Future<Boolean> hasAddress() {
    Promise<NodeInfo> address = Promise.promise();
    manager.getNodeInfo(manager.getNodeId(), address);
    return address.future().map(true).otherwise(false);
  }

  /** What Vert.x does itself after a merge, once more. */
  private Future<Void> tellAgain() {
    log.warn("the other nodes could not find what this one listens to; it tells them again");
    return vertx.executeBlocking(
        () -> {
          manager.stateChanged(new LifecycleEvent(LifecycleState.MERGED));
          return null;
        },
        false);
  }
}
