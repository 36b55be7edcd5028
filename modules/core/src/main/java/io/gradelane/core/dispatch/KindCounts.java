package io.gradelane.core.dispatch;

import java.util.Arrays;

/** How many runs of each kind wait somewhere, and the same as a mask that can be tested at once. */
final class KindCounts {

  private int[] counts = new int[4];
  private int overflow;
  private long mask;

  void add(Kind kind) {
    if (kind.id >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(kind.id + 1, counts.length * 2));
    }
    counts[kind.id]++;
    mask |= kind.bit;
    if (kind.id >= Kind.OVERFLOW) {
      overflow++;
    }
  }

  void remove(Kind kind) {
    int left = --counts[kind.id];
    if (kind.id >= Kind.OVERFLOW) {
      left = --overflow;
    }
    if (left == 0) {
      mask &= ~kind.bit;
    }
  }

  long mask() {
    return mask;
  }
}
