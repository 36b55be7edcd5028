package io.gradelane.core.fleet;

/**
 * How many slots one rule wants, and why.
 *
 * @param rule its word
 * @param slots 0 or more; 0 also if it can't tell
 * @param knows whether it could tell
 * @param words why, as the middle of a sentence: "12 runs and twice their root"
 */
public record Wish(String rule, int slots, boolean knows, String words) {

  static Wish of(String rule, double slots, String words) {
    return new Wish(rule, (int) Math.ceil(slots - 1e-9), true, words);
  }

  static Wish unknown(String rule) {
    return new Wish(rule, 0, false, "the load is not known");
  }
}
