package io.gradelane.api.ops;

/**
 * Whether this node should get requests. One for the whole node; thread-safe.
 *
 * <pre>
 *  STARTING ──started──► READY ──leave──► LEAVING
 * </pre>
 */
public final class Readiness {

  enum Stage {
    STARTING,
    READY,
    LEAVING
  }

  private volatile Stage stage = Stage.STARTING;

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
    return stage;
  }
}
