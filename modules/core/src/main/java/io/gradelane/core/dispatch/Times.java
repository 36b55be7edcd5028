package io.gradelane.core.dispatch;

/** Nanoseconds of the ticker, and sums of them that stop at "never" instead of wrapping. */
final class Times {

  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;
  static final long MINUTE = 60 * SECOND;
  static final long NEVER = Long.MAX_VALUE;

  /** {@code now + millis}, or {@link #NEVER} if that is further away than a century. */
  static long after(long now, long millis) {
    return millis > 3_155_760_000_000L ? NEVER : now + millis * MILLI;
  }

  private Times() {}
}
