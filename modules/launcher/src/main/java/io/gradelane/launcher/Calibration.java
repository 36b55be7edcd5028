package io.gradelane.launcher;

import java.util.Comparator;
import java.util.List;

/**
 * What a server did at several numbers of runs in flight, and what follows for its settings.
 *
 * @param levels from one run in flight on, in growing order, at least one
 */
record Calibration(List<Level> levels) {

  /** More in flight gains nothing that is worth its waiting if it gains less than this share. */
  private static final double WORTH = 0.95;

  /** A wall limit is twice the CPU limit, so a run that takes twice as long as alone may meet it by load. */
  private static final double BELIEVABLE = 2;

  /**
   * @param inFlight runs at once
   * @param perSecond right answers a second
   * @param p50 milliseconds
   * @param p95 milliseconds
   * @param refused answers of overload
   * @param failed wrong answers, and none
   */
  record Level(int inFlight, double perSecond, long p50, long p95, int refused, int failed) {
    boolean isClean() {
      return refused == 0 && failed == 0;
    }
  }

  Calibration {
    levels = List.copyOf(levels);
  }

  /** The fewest runs in flight that give nearly the best throughput without a refusal; 0 if none was clean. */
  int slots() {
    double best = levels.stream()
        .filter(Level::isClean)
        .mapToDouble(Level::perSecond)
        .max()
        .orElse(0);
    return levels.stream()
        .filter(level -> level.isClean() && level.perSecond() >= WORTH * best)
        .mapToInt(Level::inFlight)
        .min()
        .orElse(0);
  }

  /** The most runs in flight at which hardly any took twice as long as one alone; at most the slots. */
  int cores() {
    long alone = Math.max(1, levels.getFirst().p50());
    int most = levels.stream()
        .filter(level -> level.isClean() && level.p95() <= BELIEVABLE * alone)
        .max(Comparator.comparingInt(Level::inFlight))
        .map(Level::inFlight)
        .orElse(1);
    return Math.min(most, slots());
  }

  /** Whether the last step gained so little, or failed so much, that further ones would too. */
  boolean isEnough() {
    Level last = levels.getLast();
    double before = levels.stream()
        .limit(levels.size() - 1L)
        .mapToDouble(Level::perSecond)
        .max()
        .orElse(0);
    boolean gained = last.perSecond() * WORTH > before;
    return levels.size() > 2 && !(gained && last.isClean());
  }
}
