package io.gradelane.core.job;

/**
 * When a batch pauses by itself: something is wrong, and going on would only make more of it.
 *
 * @param percent of the ended jobs that may be dead or have been lost, 0 to 99; one more and it stops
 */
public record StopRule(int percent) {

  /** Before so many have ended, one bad job says nothing. */
  private static final int SAYS_NOTHING = 20;

  public StopRule {
    if (percent < 0 || percent > 99) {
      throw new IllegalArgumentException(
          "stop rule: " + percent + " % (expected: 0 to 99 % dead or lost)");
    }
  }

  public boolean isReached(Progress progress) {
    long bad = (long) progress.dead() + progress.lost();
    return bad + progress.finished() >= SAYS_NOTHING && bad * 100 > percent * tried(progress);
  }

  private static long tried(Progress progress) {
    return (long) progress.finished() + progress.dead() + progress.lost();
  }
}
