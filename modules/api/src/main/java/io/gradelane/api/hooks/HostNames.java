package io.gradelane.api.hooks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds all the addresses of a host. */
@FunctionalInterface
interface HostNames {

  int THREADS = 16;

  /** Fails if it has none. */
  Future<List<InetAddress>> find(String host);

  /** Asks the system, on threads of its own: a name server that hangs holds up nothing but webhooks. */
  static HostNames system(Vertx vertx) {
    WorkerExecutor threads = vertx.createSharedWorkerExecutor("webhook-names", THREADS);
    return shared(
        host -> threads.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false));
  }

  /** Asks for each host once at a time, whoever else wants to know it meanwhile: one that hangs takes one thread. */
  static HostNames shared(HostNames names) {
    Map<String, Future<List<InetAddress>>> asked = new HashMap<>();
    return host -> {
      Future<List<InetAddress>> found = asked.computeIfAbsent(host, names::find);
      return found.onComplete(done -> asked.remove(host, found));
    };
  }
}
