package io.gradelane.dispatch;

import io.gradelane.core.lane.ExamWindow;
import io.gradelane.core.lane.ExamWindow.Effect;
import java.time.Instant;
import java.util.List;

/** The exam windows of a pool, and what they ask for now. */
final class Windows {

  private final List<ExamWindow> windows;
  private Effect effect = Effect.NONE;

  Windows(List<ExamWindow> windows) {
    this.windows = List.copyOf(windows);
  }

  /** Whether one has opened or closed since it was last asked. */
  boolean turn(Instant now) {
    Effect next = ExamWindow.effect(windows, now);
    boolean changed = !next.equals(effect);
    effect = next;
    return changed;
  }

  Effect effect() {
    return effect;
  }
}
