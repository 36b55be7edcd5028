package io.gradelane.core.dispatch;

import java.util.Set;

/**
 * A server as the dispatcher needs to know it.
 *
 * @param id unique in the pool
 * @param slots most permits at once, 1 or more
 * @param cores permits in use up to which its wall-clock verdicts are believed, 1 or more, at most {@code slots}
 * @param weight share of the load per slot, relative to the others, above 0
 * @param share of the slots that may be used: 1, or less while it is warming; clamped to 0.1 to 1
 * @param grantable whether new runs may be granted there; probe runs may be in any case
 * @param languages ids of the languages that it last said it has; empty until it has been reached
 */
public record ServerView(
    String id,
    int slots,
    int cores,
    double weight,
    double share,
    boolean grantable,
    Set<String> languages) {

  public ServerView {
    if (slots < 1 || cores < 1 || cores > slots || !(weight > 0)) {
      throw new IllegalArgumentException("server " + id + ": slots " + slots + ", cores " + cores
          + ", weight " + weight + " (expected: 1 <= cores <= slots, weight above 0)");
    }
    share = Math.clamp(share, 0.1, 1.0);
    languages = Set.copyOf(languages);
  }
}
