package io.gradelane.api.ops;

import java.util.concurrent.atomic.AtomicReference;

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

  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.STARTING);

  /** Everything runs: the node may get requests, unless it is already leaving. */
  public void started() {
    stage.compareAndSet(Stage.STARTING, Stage.READY);
  }

  /** For good. Safe twice. */
  public void leave() {
    stage.set(Stage.LEAVING);
  }

  public boolean isLeaving() {
    return stage() == Stage.LEAVING;
  }

  Stage stage() {
    return stage.get();
  }
}
