package io.gradelane.api.journey;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** How long runs of a language take, as learned from those that went before: what a run is charged beforehand. */
final class Costs {

  static final int FIRST_GUESS_MILLIS = 500;
  private static final int MOST = 64;
  private static final double WEIGHT = 0.1;

  private final Map<String, Double> millis = new HashMap<>();

  /** Milliseconds of slot time, at least 1. */
  int guess(String language) {
    return (int) Math.max(1, millis.getOrDefault(language, (double) FIRST_GUESS_MILLIS));
  }

  /** Empty while nothing of the language has been seen. */
  OptionalInt known(String language) {
    return millis.containsKey(language) ? OptionalInt.of(guess(language)) : OptionalInt.empty();
  }

  void learn(String language, int took) {
    if (millis.size() < MOST || millis.containsKey(language)) {
      millis.merge(language, (double) took, (old, now) -> old + WEIGHT * (now - old));
    }
  }
}
