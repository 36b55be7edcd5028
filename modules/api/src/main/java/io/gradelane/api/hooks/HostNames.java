package io.gradelane.api.hooks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.util.List;

/** Finds all the addresses of a host. */
@FunctionalInterface
interface HostNames {

  /** Fails if it has none. */
  Future<List<InetAddress>> find(String host);

  /** Asks the system, on threads of its own: a name server that hangs holds up nothing but webhooks. */
  static HostNames system(Vertx vertx) {
    WorkerExecutor threads = vertx.createSharedWorkerExecutor("webhook-names", 4);
    return host -> threads.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false);
  }
}
