package io.gradelane.core.job;

/**
 * How far a batch is: counts of its jobs.
 *
 * @param total jobs that were submitted
 * @param finished run by a server
 * @param dead given up
 * @param cancelled ended with their batch
 * @param lost attempts that were lost or refused, or whose node vanished: no jobs, but what a stop rule looks at too
 * @param cached of those that are finished, the ones whose result was known already
 */
public record Progress(int total, int finished, int dead, int cancelled, int lost, int cached) {

  public static final Progress NONE = new Progress(0, 0, 0, 0, 0);

  /** With no result that was known already. */
  public Progress(int total, int finished, int dead, int cancelled, int lost) {
    this(total, finished, dead, cancelled, lost, 0);
  }

  public Progress {
    if (total < 0 || finished < 0 || dead < 0 || cancelled < 0 || lost < 0 || cached < 0) {
      throw new IllegalArgumentException("progress: total " + total + ", finished " + finished
          + ", dead " + dead + ", cancelled " + cancelled + ", lost " + lost + ", cached " + cached
          + " (expected: 0 or more)");
    }
  }

  /** Jobs to which nothing more happens. */
  public int ended() {
    return finished + dead + cancelled;
  }

  /** Jobs that wait or run. */
  public int left() {
    return total - ended();
  }

  public boolean isComplete() {
    return left() == 0;
  }
}
