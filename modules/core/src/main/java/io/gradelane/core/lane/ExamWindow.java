package io.gradelane.core.lane;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A time in which a pool is kept for an exam, by itself.
 *
 * @param name for the log
 * @param from its first moment
 * @param to the first moment after it, later than {@code from}
 * @param reserve least slots kept free of lanes that are not live meanwhile, 0 or more
 * @param pause lanes of which nothing is granted meanwhile; what arrives waits
 */
public record ExamWindow(String name, Instant from, Instant to, int reserve, Set<String> pause) {

  /** What the windows that are open at one moment ask for together. */
  public record Effect(int reserve, Set<String> pause) {

    public static final Effect NONE = new Effect(0, Set.of());

    public Effect {
      pause = Set.copyOf(pause);
    }

    /** The lane as it is meanwhile. */
    public LaneSpec on(LaneSpec lane) {
      return pause.contains(lane.name()) ? lane.withPaused(true) : lane;
    }
  }

  public ExamWindow {
    if (!from.isBefore(to) || reserve < 0) {
      throw new IllegalArgumentException("exam window " + name + ": from " + from + " to " + to
          + ", reserve " + reserve + " (expected: from before to, reserve >= 0)");
    }
    pause = Set.copyOf(pause);
  }

  /** What all windows ask for at {@code now}: the greatest reserve, and every lane that one of them pauses. */
  public static Effect effect(List<ExamWindow> windows, Instant now) {
    Effect effect = Effect.NONE;
    for (ExamWindow window : windows) {
      if (window.isOpen(now)) {
        effect = window.and(effect);
      }
    }
    return effect;
  }

  private boolean isOpen(Instant now) {
    return !now.isBefore(from) && now.isBefore(to);
  }

  private Effect and(Effect other) {
    Set<String> both = new java.util.HashSet<>(other.pause());
    both.addAll(pause);
    return new Effect(Math.max(reserve, other.reserve()), both);
  }
}
