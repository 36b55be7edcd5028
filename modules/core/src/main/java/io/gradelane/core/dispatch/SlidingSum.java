package io.gradelane.core.dispatch;

/** A sum over at least the last so many nanoseconds, and at most one bucket more. */
final class SlidingSum {

  private final long[] buckets;
  private final long width;
  private long sum;
  private long current = Long.MIN_VALUE;

  SlidingSum(long window, int buckets) {
    this.buckets = new long[buckets + 1];
    this.width = window / buckets;
  }

  void add(long amount, long now) {
    roll(now);
    buckets[index(current)] += amount;
    sum += amount;
  }

  long sum(long now) {
    roll(now);
    return sum;
  }

  private void roll(long now) {
    long bucket = Math.floorDiv(now, width);
    if (current == Long.MIN_VALUE || bucket - current >= buckets.length) {
      java.util.Arrays.fill(buckets, 0);
      sum = 0;
      current = bucket;
    }
    while (current < bucket) {
      current++;
      sum -= buckets[index(current)];
      buckets[index(current)] = 0;
    }
  }

  private int index(long bucket) {
    return (int) Math.floorMod(bucket, (long) buckets.length);
  }
}
