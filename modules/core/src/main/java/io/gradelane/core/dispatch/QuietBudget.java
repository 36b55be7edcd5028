package io.gradelane.core.dispatch;

/**
 * How much slot time may go into second looks at doubtful verdicts: a share of all that was used in the last 5
 * minutes, and an allowance of one minute, so that the first burst of a quiet day is not left in doubt.
 */
final class QuietBudget {

  private static final long WINDOW = 5 * Times.MINUTE;
  private static final int BUCKETS = 30;
  private static final long ALLOWANCE_MILLIS = 60_000;

  private final double share;
  private final SlidingSum used = new SlidingSum(WINDOW, BUCKETS);
  private final SlidingSum quiet = new SlidingSum(WINDOW, BUCKETS);

  QuietBudget(double share) {
    this.share = share;
  }

  void used(long millis, long now) {
    used.add(millis, now);
  }

  /** Sets {@code millis} of slot time aside for a second look, if there is so much. */
  boolean take(long millis, long now) {
    if (quiet.sum(now) + millis > share * used.sum(now) + ALLOWANCE_MILLIS) {
      return false;
    }
    quiet.add(millis, now);
    return true;
  }

  /** A second look took so much more (or, negative, less) than was set aside. */
  void correct(long millis, long now) {
    quiet.add(millis, now);
  }
}
