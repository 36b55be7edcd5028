package io.gradelane.fleet;

import io.vertx.core.Future;
import java.util.OptionalLong;

/** The right to run the loop, held by one node at a time; for a moment two may believe that they hold it. */
public interface Lease {

  /**
   * Takes or renews it.
   *
   * @return the fencing number, higher than any that another holder has had; empty if somebody else holds it
   */
  Future<OptionalLong> hold();

  /** Gives it back, if it is held. */
  Future<Void> release();
}
