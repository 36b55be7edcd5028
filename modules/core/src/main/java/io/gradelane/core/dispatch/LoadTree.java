package io.gradelane.core.dispatch;

import java.util.Arrays;

/**
 * The least loaded server, always known: a tournament in which every match is won by the lesser load, then by the one
 * that was granted longer ago. A change costs one match on each level.
 */
final class LoadTree {

  static final double FULL = Double.POSITIVE_INFINITY;

  private double[] load = {FULL};
  private long[] lastGrant = new long[1];

  /** Winner of each match; the children of {@code i} are {@code 2i} and {@code 2i + 1}, the leaves are servers. */
  private int[] winner = {0, 0};

  private int leaves = 1;

  /** Makes room for so many servers. All are full until they are set. */
  void resize(int servers) {
    leaves = Math.max(1, Integer.highestOneBit(Math.max(1, 2 * servers - 1)));
    load = new double[leaves];
    Arrays.fill(load, FULL);
    lastGrant = new long[leaves];
    winner = new int[2 * leaves];
    for (int i = 0; i < leaves; i++) {
      winner[leaves + i] = i;
    }
    for (int i = leaves - 1; i > 0; i--) {
      winner[i] = winner[2 * i];
    }
  }

  void set(int server, double newLoad, long granted) {
    load[server] = newLoad;
    lastGrant[server] = granted;
    for (int i = (leaves + server) >>> 1; i > 0; i >>>= 1) {
      winner[i] = match(winner[2 * i], winner[2 * i + 1]);
    }
  }

  /** Index of the least loaded server, −1 if all are full. */
  int least() {
    int first = winner[1];
    return load[first] == FULL ? -1 : first;
  }

  private int match(int one, int other) {
    if (load[one] != load[other]) {
      return load[one] < load[other] ? one : other;
    }
    return lastGrant[one] <= lastGrant[other] ? one : other;
  }
}
