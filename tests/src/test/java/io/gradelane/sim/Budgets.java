package io.gradelane.sim;

/** The budgets of retries and of second looks, counted once more. */
final class Budgets {

  private static final double SMALL_SITE = 10;
  private static final double RETRY_RATIO = 0.1;
  private static final double RETRIES_A_SECOND = 0.5;
  private static final double QUIET_SHARE = 0.1;
  private static final long ALLOWANCE_MILLIS = 60_000;

  /** Until then nothing has left the window of five minutes, and the sums are exact. */
  private static final long EXACT_UNTIL = 300_000_000_000L;

  private static final double ROUNDING = 0.01;

  private double most = SMALL_SITE;
  private double mostEver = SMALL_SITE;
  private double tokens = SMALL_SITE;
  private long filledAt;
  private long usedMillis;
  private long quietMillis;

  void slots(int slots) {
    most = SMALL_SITE + slots;
    tokens = Math.min(most, tokens + Math.max(0, most - mostEver));
    mostEver = Math.max(mostEver, most);
  }

  void granted() {
    tokens = Math.min(most, tokens + RETRY_RATIO);
  }

  /** Takes a token, whether there is one or not; returns what there was. */
  double takeRetry(long now) {
    double seconds = (now - filledAt) / 1e9;
    tokens = Math.min(most, tokens + (filledAt == 0 ? 0 : seconds * RETRIES_A_SECOND));
    filledAt = now;
    return tokens--;
  }

  void giveRetryBack() {
    tokens++;
  }

  static boolean mayRetry(double tokens) {
    return tokens >= 1 - ROUNDING;
  }

  static boolean mustRefuse(double tokens) {
    return tokens < 1 + ROUNDING;
  }

  void used(long millis) {
    usedMillis += millis;
  }

  void quiet(long millis) {
    quietMillis += millis;
  }

  /** Whether a second look of so many milliseconds is within the budget. */
  boolean quietFits(long millis) {
    return quietMillis + millis <= QUIET_SHARE * usedMillis + ALLOWANCE_MILLIS;
  }

  static boolean exactAt(long now) {
    return now < EXACT_UNTIL;
  }
}
