package io.gradelane.cluster.harness;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a drill found out.
 *
 * @param aim the most that it should be; null if it is only told
 * @param guard the most that a test lets pass: a busy machine makes times longer, and counts no greater
 */
record Figure(
    String what, double value, String unit, @Nullable Double aim, double guard) {

  private static final double PATIENCE = 5;

  static Figure count(String what, long value, long most) {
    return new Figure(what, value, "", (double) most, most);
  }

  static Figure millis(String what, double value, double most) {
    return new Figure(what, value, "ms", most, most * PATIENCE);
  }

  static Figure percent(String what, double value, double most) {
    return new Figure(what, value, "%", most, most);
  }

  static Figure told(String what, Number value, String unit) {
    return new Figure(what, value.doubleValue(), unit, null, Double.POSITIVE_INFINITY);
  }

  boolean isReached() {
    return aim == null || value <= aim;
  }

  boolean isBearable() {
    return value <= guard;
  }
}
