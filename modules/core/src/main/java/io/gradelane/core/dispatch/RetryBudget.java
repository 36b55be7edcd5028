package io.gradelane.core.dispatch;

/**
 * How many runs may be tried again: a bucket that every grant fills by a fraction of a token.
 *
 * <p>It holds as many tokens as the pool has slots, and ten: one server that dies with all its runs in flight costs no
 * caller an error, and a pool that fails everything is not asked twice for long. Half a token a second lets a site with
 * few runs retry at all.
 */
final class RetryBudget {

  private static final double SMALL_SITE = 10;
  private static final double PER_SECOND = 0.5;

  private final double ratio;
  private double most = SMALL_SITE;
  private double mostEver = SMALL_SITE;
  private double tokens = SMALL_SITE;
  private long filledAt = Times.NEVER;

  RetryBudget(double ratio) {
    this.ratio = ratio;
  }

  /** The pool has so many slots. Those that it never had before bring their tokens; a server that comes back does not. */
  void slots(int slots) {
    most = SMALL_SITE + slots;
    tokens = Math.min(most, tokens + Math.max(0, most - mostEver));
    mostEver = Math.max(mostEver, most);
  }

  void granted() {
    tokens = Math.min(most, tokens + ratio);
  }

  boolean take(long now) {
    if (filledAt != Times.NEVER) {
      double seconds = (double) (now - filledAt) / Times.SECOND;
      tokens = Math.min(most, tokens + seconds * PER_SECOND);
    }
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
