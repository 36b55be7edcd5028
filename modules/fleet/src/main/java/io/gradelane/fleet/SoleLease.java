package io.gradelane.fleet;

import io.vertx.core.Future;
import java.util.OptionalLong;

/** The lease of a node that stands alone: always its own. */
public final class SoleLease implements Lease {

  @Override
  public Future<OptionalLong> hold() {
    return Future.succeededFuture(OptionalLong.of(1));
  }

  @Override
  public Future<Void> release() {
    return Future.succeededFuture();
  }
}
