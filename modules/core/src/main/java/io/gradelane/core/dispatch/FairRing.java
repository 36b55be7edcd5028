package io.gradelane.core.dispatch;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Deficit round robin over those that have runs waiting, by slot time.
 *
 * <p>Costs are known only afterwards, so a turn begins when the deficit is positive and may overdraw it (surplus round
 * robin): {@code level} counts the slot time that every member has been allowed since the start, {@code used} what one
 * has taken, and the deficit is the difference. When nobody who can go has a deficit left, {@code level} rises in one
 * step to a quantum above the least {@code used}, instead of by a round for each quantum. Who returns after a pause
 * brings his debt, less what all have been allowed meanwhile, but no credit.
 *
 * <p>Two members who always have runs that can go differ by at most a quantum, plus for each the largest difference
 * between what its runs in flight were estimated and what they took, plus one run.
 */
final class FairRing<T extends Share> {

  /** Slot time of one turn in milliseconds: short, so that turns change about with every run. */
  static final long QUANTUM = 250;

  private @Nullable T cursor;
  private int size;
  private long level;

  void join(T share) {
    share.used = Math.max(share.used, level);
    if (cursor == null) {
      share.previous = share;
      share.next = share;
      cursor = share;
    } else {
      Share last = Objects.requireNonNull(cursor.previous);
      share.previous = last;
      share.next = cursor;
      last.next = share;
      cursor.previous = share;
    }
    size++;
  }

  void leave(T share) {
    size--;
    if (size == 0) {
      cursor = null;
    } else {
      Share before = Objects.requireNonNull(share.previous);
      Share after = Objects.requireNonNull(share.next);
      before.next = after;
      after.previous = before;
      if (cursor == share) {
        cursor = cast(after);
      }
    }
    share.previous = null;
    share.next = null;
  }

  /** Whose turn it is among those that have a run of an open kind; null if there are none. */
  @Nullable
  T pick(long open) {
    T best = null;
    Share at = cursor;
    for (int n = size; n > 0 && at != null; n--, at = at.next) {
      if (at.eligible(open) && (best == null || at.used < best.used)) {
        best = cast(at);
        if (best.used < level) {
          break;
        }
      }
    }
    if (best != null) {
      cursor = best;
      if (best.used >= level) {
        raise(best.used + QUANTUM, open);
      }
    }
    return best;
  }

  /** Charges the estimate of a run that is granted. */
  void charge(T share, long millis) {
    share.used += millis;
    if (share == cursor && share.used >= level) {
      cursor = cast(Objects.requireNonNull(share.next));
    }
  }

  /** Any member, to walk from by {@link Share#next}; null if it is empty. */
  @Nullable
  T any() {
    return cursor;
  }

  int size() {
    return size;
  }

  /** A new round. Who can't go now keeps his credit but gains none, and what he owes is paid by waiting. */
  private void raise(long next, long open) {
    long rise = next - level;
    Share at = cursor;
    for (int n = size; n > 0 && at != null; n--, at = at.next) {
      if (!at.eligible(open)) {
        at.used = at.used < level ? at.used + rise : Math.max(at.used, next);
      }
    }
    level = next;
  }

  @SuppressWarnings("unchecked")
  private T cast(Share share) {
    return (T) share;
  }
}
