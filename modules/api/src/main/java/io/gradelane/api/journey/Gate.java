package io.gradelane.api.journey;

import io.vertx.core.Future;

/** What a run must pass between its grant and the server: the last word on whether it may start. */
@FunctionalInterface
public interface Gate {

  /** Lets everybody through. */
  Gate OPEN = server -> Future.succeededFuture(true);

  /**
   * @param server that it was granted on
   * @return false if it is not to start: its permit is given back unused, and nobody is told
   */
  Future<Boolean> enter(String server);
}
