package io.gradelane.core.dispatch;

/**
 * The slots that lanes which are not live must leave alone: {@code R = clamp(⌈a + 2√a⌉, floor, S − 1)}.
 *
 * <p>{@code a} is the greatest number, over the last 15 minutes, of runs busy or waiting in live lanes; {@code 2√a}
 * covers what random arrivals add to it (two standard deviations of a Poisson number). It grows at once and shrinks by
 * 5 % a second, so a lull between two bursts does not give it away.
 */
final class Reserve {

  /** One more than 15 minutes hold, because the last has only begun. */
  private static final int BUCKETS = 91;

  private static final long WIDTH = 10 * Times.SECOND;
  private static final double KEPT_PER_SECOND = 0.95;

  private final int[] greatest = new int[BUCKETS];
  private int floor;
  private long bucket = Long.MIN_VALUE;
  private int now;
  private int demand;
  private double held;
  private long heldAt;

  Reserve(int floor) {
    this.floor = floor;
  }

  /** Sets the least that is kept. */
  void floor(int least) {
    floor = least;
  }

  /** So many runs are busy or waiting in live lanes from {@code time} on. */
  void observe(int count, long time) {
    roll(time);
    now = count;
    int at = index(bucket);
    if (count > greatest[at]) {
      greatest[at] = count;
      if (count > demand) {
        demand = count;
        grow(time);
      }
    }
  }

  /** {@code a}. */
  int demand(long time) {
    roll(time);
    return demand;
  }

  /** {@code R} for a pool of so many slots. */
  int size(int slots, long time) {
    roll(time);
    shrink(time);
    int wanted = Math.max(floor, (int) Math.ceil(held - 1e-9));
    return Math.max(0, Math.min(wanted, slots - 1));
  }

  /** Whether time alone will make it smaller. */
  boolean shrinking() {
    return demand > now || held > target();
  }

  private double target() {
    return Math.ceil(demand + 2 * Math.sqrt(demand));
  }

  private void grow(long time) {
    shrink(time);
    held = Math.max(held, target());
  }

  private void shrink(long time) {
    if (held > target()) {
      double seconds = (double) (time - heldAt) / Times.SECOND;
      held = Math.max(target(), held * Math.pow(KEPT_PER_SECOND, seconds));
    }
    heldAt = time;
  }

  private void roll(long time) {
    long next = Math.floorDiv(time, WIDTH);
    if (next == bucket) {
      return;
    }
    if (bucket == Long.MIN_VALUE) {
      heldAt = time;
    } else {
      shrink(time);
    }
    long from = bucket == Long.MIN_VALUE ? next : Math.max(bucket + 1, next - BUCKETS + 1);
    for (long b = from; b <= next; b++) {
      greatest[index(b)] = now;
    }
    bucket = next;
    demand = 0;
    for (int count : greatest) {
      demand = Math.max(demand, count);
    }
  }

  private static int index(long bucket) {
    return (int) Math.floorMod(bucket, (long) BUCKETS);
  }
}
