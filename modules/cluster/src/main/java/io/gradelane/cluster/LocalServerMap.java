package io.gradelane.cluster;

import io.gradelane.core.server.ServerEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server map of a node that stands alone: in the heap, gone with the process. Thread-safe. */
public final class LocalServerMap implements ServerMap {

  private final ServerTable table = new ServerTable();
  private final Listeners<Map<String, ServerEntry>> listeners;

  public LocalServerMap(Vertx vertx) {
    listeners = new Listeners<>(vertx, table::all);
  }

  @Override
  public Map<String, ServerEntry> snapshot() {
    return table.all();
  }

  @Override
  public Future<Boolean> replace(
      String id, @Nullable ServerEntry expected, @Nullable ServerEntry next) {
    ServerMap.requireReplaceable(id, expected, next);
    boolean done = table.swap(id, ServerTable.version(expected), next);
    if (done) {
      listeners.changed();
    }
    return Future.succeededFuture(done);
  }

  @Override
  public Runnable listen(Consumer<Map<String, ServerEntry>> listener) {
    return listeners.add(listener);
  }
}
