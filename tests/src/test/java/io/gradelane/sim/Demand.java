package io.gradelane.sim;

import java.util.ArrayDeque;
import java.util.Deque;

/** The rule of the reserve, written down once more: from a list of what the demand was, and until when. */
final class Demand {

  private static final long WINDOW = 15L * 60 * 1_000_000_000L;

  private record Past(int count, long until) {}

  /** Falling counts: whoever was exceeded later does not matter any more. */
  private final Deque<Past> past = new ArrayDeque<>();

  private int current;
  private int ever;

  /** So many for a moment, before everything is decided. */
  void touches(int count) {
    ever = Math.max(ever, count);
  }

  void is(int count, long now) {
    touches(count);
    if (count == current) {
      return;
    }
    while (!past.isEmpty() && past.getLast().count <= current) {
      past.removeLast();
    }
    past.addLast(new Past(current, now));
    current = count;
  }

  /** The reserve must be at least this. */
  int least(int floor, int slots, long now) {
    while (!past.isEmpty() && past.getFirst().until < now - WINDOW) {
      past.removeFirst();
    }
    int greatest = past.isEmpty() ? current : Math.max(current, past.getFirst().count);
    return clamp(greatest, floor, slots);
  }

  /** And never more than this. */
  int most(int floor, int slots) {
    return clamp(ever, floor, slots);
  }

  private static int clamp(int demand, int floor, int slots) {
    int wanted = (int) Math.ceil(demand + 2 * Math.sqrt(demand));
    return Math.max(0, Math.min(Math.max(floor, wanted), slots - 1));
  }
}
