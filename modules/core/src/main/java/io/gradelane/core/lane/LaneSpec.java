package io.gradelane.core.lane;

import java.time.Duration;

/**
 * What is configured of a lane.
 *
 * @param name lower-case letters, digits and dashes
 * @param live whether somebody sits and waits for the runs in it; lanes that are not live leave the reserve alone
 * @param priority strict order among lanes: the higher number goes first
 * @param min first pick of so many slots, 0 or more; never an idle slot kept for it
 * @param cap most slots in use at once by the lane, 1 or more; {@link #UNLIMITED} for none
 * @param patience how long a run may wait before it is answered as overload
 * @param maxQueued most runs that may wait at once, 0 or more
 * @param paused whether nothing of it is granted for now; what arrives waits
 */
public record LaneSpec(
    String name,
    boolean live,
    int priority,
    int min,
    int cap,
    Duration patience,
    int maxQueued,
    boolean paused) {

  public static final int UNLIMITED = Integer.MAX_VALUE;

  public LaneSpec {
    if (!name.matches("[a-z0-9_][a-z0-9-]{0,62}")) {
      throw new IllegalArgumentException(
          "lane name: '" + name + "' (expected: lower-case letters, digits, dashes)");
    }
    if (min < 0 || cap < 1 || maxQueued < 0 || min > cap) {
      throw new IllegalArgumentException("lane " + name + ": min " + min + ", cap " + cap
          + ", maxQueued " + maxQueued + " (expected: 0 <= min <= cap, cap >= 1, maxQueued >= 0)");
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException(
          "lane " + name + ": patience " + patience + " (expected: above zero)");
    }
  }

  /** The same lane, paused or not. */
  public LaneSpec withPaused(boolean next) {
    return new LaneSpec(name, live, priority, min, cap, patience, maxQueued, next);
  }
}
