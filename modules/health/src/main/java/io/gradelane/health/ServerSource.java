package io.gradelane.health;

import io.gradelane.core.server.ServerSpec;
import io.vertx.core.Future;
import java.util.List;

/** Where the configured servers stand. Read at start, and again whenever an operator says so. */
public interface ServerSource {

  /** The servers, each id once. A failure's message is shown to the operator. */
  Future<List<ServerSpec>> read();

  /** Always the same ones. */
  static ServerSource of(List<ServerSpec> servers) {
    List<ServerSpec> copy = List.copyOf(servers);
    return () -> Future.succeededFuture(copy);
  }
}
