package io.gradelane.sim;

import java.util.Arrays;

/** Slot time served to each tenant of a lane, and since when two of them have both always been able to go. */
final class FairBook {

  private static final long QUANTUM = 250;

  private final long[] served;
  private final long[][] base;
  private final boolean[][] both;
  private long greatestCost = 1;

  FairBook(int members) {
    served = new long[members];
    base = new long[members][members];
    both = new boolean[members][members];
  }

  /** The lane's turn came while exactly these could go. */
  void turn(boolean[] eligible) {
    for (int i = 0; i < served.length; i++) {
      for (int j = 0; j < i; j++) {
        boolean now = eligible[i] && eligible[j];
        if (now && !both[i][j]) {
          base[i][j] = served[i] - served[j];
        }
        both[i][j] = now;
      }
    }
  }

  void charge(int member, long millis) {
    served[member] += millis;
    greatestCost = Math.max(greatestCost, Math.abs(millis));
  }

  /** The greatest unfairness between two who could always go, above what the rule allows; 0 or less is fine. */
  long excess(long slack) {
    long allowed = 2 * (QUANTUM + greatestCost + slack);
    long worst = Long.MIN_VALUE;
    for (int i = 0; i < served.length; i++) {
      for (int j = 0; j < i; j++) {
        if (both[i][j]) {
          worst = Math.max(worst, Math.abs(served[i] - served[j] - base[i][j]) - allowed);
        }
      }
    }
    return worst;
  }

  @Override
  public String toString() {
    return Arrays.toString(served) + ", longest " + greatestCost;
  }
}
