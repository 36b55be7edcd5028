package io.gradelane.api.ops;

import java.util.function.BooleanSupplier;

/**
 * Whether this node should get requests. One for the whole node; thread-safe.
 *
 * <pre>
 *  STARTING ──started──► READY ⇄ APART
 *                          └──leave──► LEAVING
 * </pre>
 */
public final class Readiness {

  enum Stage {
    STARTING,
    READY,
    /** Started, and out of its cluster: it merges into the other side of a split. */
    APART,
    LEAVING
  }

  private final BooleanSupplier joined;
  private volatile Stage stage = Stage.STARTING;

  /** @param joined whether the node belongs to its cluster now */
  public Readiness(BooleanSupplier joined) {
    this.joined = joined;
  }

  /** Of a node that stands alone. */
  public Readiness() {
    this(() -> true);
  }

  /** Everything runs: the node may get requests, unless it is already leaving. */
  public synchronized void started() {
    if (stage == Stage.STARTING) {
      stage = Stage.READY;
    }
  }

  /** For good. Safe twice. */
  public synchronized void leave() {
    stage = Stage.LEAVING;
  }

  public boolean isLeaving() {
    return stage == Stage.LEAVING;
  }

  Stage stage() {
    return stage == Stage.READY && !joined.getAsBoolean() ? Stage.APART : stage;
  }
}
