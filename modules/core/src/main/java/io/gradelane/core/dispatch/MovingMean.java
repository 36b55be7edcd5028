package io.gradelane.core.dispatch;

import java.util.Arrays;

/**
 * The mean of a number over the last so many nanoseconds. Kept in twelve buckets, of which the one that has only begun
 * counts in addition: a rise shows at once, a fall up to a twelfth of the window late.
 */
final class MovingMean {

  private static final int BUCKETS = 12;

  /** Number times nanoseconds; a double, because thousands of runs over minutes are near 2^63. */
  private final double[] areas = new double[BUCKETS + 1];

  private final long window;
  private final long width;
  private double sum;
  private long bucket;
  private long seenUntil;
  private int number;
  private boolean begun;

  MovingMean(long window) {
    this.window = window;
    this.width = Math.max(1, window / BUCKETS);
  }

  /** It is {@code next} from {@code time} on. */
  void set(int next, long time) {
    advance(time);
    number = next;
  }

  double mean(long time) {
    advance(time);
    return sum / window;
  }

  private void advance(long time) {
    if (!begun) {
      begun = true;
      bucket = Math.floorDiv(time, width);
      seenUntil = time;
    }
    if (time - seenUntil > 2 * window) {
      restart(time);
      return;
    }
    while (Math.floorDiv(time, width) > bucket) {
      fillUntil((bucket + 1) * width);
      bucket++;
      sum = Math.max(0, sum - areas[index()]);
      areas[index()] = 0;
    }
    fillUntil(time);
  }

  /** It has been the same for longer than anybody remembers. */
  private void restart(long time) {
    bucket = Math.floorDiv(time, width);
    Arrays.fill(areas, (double) number * width);
    areas[index()] = 0;
    sum = (double) number * width * BUCKETS;
    seenUntil = bucket * width;
    fillUntil(time);
  }

  private void fillUntil(long time) {
    double area = (double) number * (time - seenUntil);
    areas[index()] += area;
    sum += area;
    seenUntil = time;
  }

  private int index() {
    return (int) Math.floorMod(bucket, (long) areas.length);
  }
}
