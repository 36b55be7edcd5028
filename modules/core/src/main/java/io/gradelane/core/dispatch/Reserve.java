package io.gradelane.core.dispatch;

import java.util.Arrays;

/**
 * The slots that lanes which are not live must leave alone: {@code R = clamp(⌈a + 2√a⌉, floor, S − 1)}.
 *
 * <p>{@code a} is the greatest demand of the last 15 minutes: slots in use by live lanes, in the mean over a short
 * window (three minutes, {@link PoolRules#demandWindow}). {@code 2√a} covers what random arrivals add to a mean: two
 * standard deviations of a Poisson number. Taking the greatest <em>momentary</em> number instead (a window of zero)
 * counts that chance twice: 16 busy slots have moments of 30, which would reserve 41 of 64 slots where 26 do, and one
 * burst of 200 runs would leave the other lanes one slot for a quarter of an hour.
 *
 * <p>Runs that wait count only once they are busy. While live runs wait, priority gives them every slot that comes free,
 * whatever is reserved; and counting them would reserve more after a burst the longer it had to wait for long bulk runs.
 *
 * <p>It grows at once and shrinks by 5 % a second, so a lull between two bursts does not give it away.
 */
final class Reserve {

  /** One more than 15 minutes hold, because the last has only begun. */
  private static final int BUCKETS = 91;

  private static final long WIDTH = 10 * Times.SECOND;
  private static final double KEPT_PER_SECOND = 0.95;
  private static final double ROUNDING = 1e-6;

  private final MovingMean mean;
  private final boolean momentary;
  private final double[] greatest = new double[BUCKETS];
  private boolean begun;
  private long bucket;
  private int floor;
  private int now;
  private double demand;
  private double held;
  private long heldAt;

  /** @param window nanoseconds over which the demand is averaged, 0 for its momentary value */
  Reserve(int floor, long window) {
    this.floor = floor;
    this.momentary = window == 0;
    this.mean = new MovingMean(Math.max(1, window));
  }

  /** Sets the least that is kept. */
  void floor(int least) {
    floor = least;
  }

  /** So many runs are busy or waiting in live lanes from {@code time} on. */
  void observe(int count, long time) {
    roll(time);
    now = count;
    mean.set(count, time);
    note(time);
  }

  /** {@code a}. */
  double demand(long time) {
    roll(time);
    note(time);
    return demand;
  }

  /** {@code R} for a pool of so many slots. */
  int size(int slots, long time) {
    roll(time);
    note(time);
    shrink(time);
    int wanted = Math.max(floor, (int) Math.ceil(held - ROUNDING));
    return Math.max(0, Math.min(wanted, slots - 1));
  }

  private void note(long time) {
    double measured = momentary ? now : mean.mean(time);
    int at = index(bucket);
    if (measured > greatest[at]) {
      greatest[at] = measured;
      if (measured > demand) {
        demand = measured;
        shrink(time);
        held = Math.max(held, target());
      }
    }
  }

  private double target() {
    return Math.ceil(demand + 2 * Math.sqrt(demand) - ROUNDING);
  }

  private void shrink(long time) {
    double target = target();
    if (held > target) {
      double seconds = (double) (time - heldAt) / Times.SECOND;
      held = Math.max(target, held * Math.pow(KEPT_PER_SECOND, seconds));
    }
    heldAt = time;
  }

  private void roll(long time) {
    long next = Math.floorDiv(time, WIDTH);
    if (begun && next == bucket) {
      return;
    }
    if (begun) {
      shrink(time);
    }
    long from = begun ? Math.max(bucket + 1, next - BUCKETS + 1) : next;
    double measured = momentary ? now : mean.mean(time);
    for (long b = from; b <= next; b++) {
      greatest[index(b)] = measured;
    }
    begun = true;
    heldAt = time;
    bucket = next;
    demand = Arrays.stream(greatest).max().orElse(0);
    held = Math.max(held, target());
  }

  private static int index(long bucket) {
    return (int) Math.floorMod(bucket, (long) BUCKETS);
  }
}
