package io.gradelane.sim;

import java.util.ArrayDeque;
import java.util.Deque;

/** The rule of the reserve, written down once more: exact means of three minutes, the greatest of 15. */
final class Demand {

  private static final long MINUTE = 60_000_000_000L;
  private static final long WINDOW = 3 * MINUTE;
  private static final long MEMORY = 15 * MINUTE;

  /** From {@code at} on the demand was {@code count}; until then {@code area} had come together. */
  private record Step(long at, int count, double area) {}

  private record Mean(long at, double value) {}

  private final Deque<Step> steps = new ArrayDeque<>();

  /** Falling: whatever was exceeded later does not matter any more. */
  private final Deque<Mean> greatest = new ArrayDeque<>();

  private int ever;

  /** So many for a moment, before everything is decided. */
  void touches(int count) {
    ever = Math.max(ever, count);
  }

  void is(int count, long now) {
    touches(count);
    double area = steps.isEmpty() ? 0 : area(steps.getLast(), now);
    steps.addLast(new Step(now, count, area));
    while (steps.size() > 2 && second().at <= now - WINDOW) {
      steps.removeFirst();
    }
    Step first = steps.getFirst();
    double before = first.at >= now - WINDOW ? 0 : area(first, now - WINDOW);
    double mean = (area - Math.max(before, first.at >= now - WINDOW ? first.area : 0)) / WINDOW;
    while (!greatest.isEmpty() && greatest.getLast().value <= mean) {
      greatest.removeLast();
    }
    greatest.addLast(new Mean(now, mean));
  }

  /** The reserve must be at least this. */
  int least(int floor, int slots, long now) {
    while (greatest.size() > 1 && greatest.getFirst().at < now - MEMORY) {
      greatest.removeFirst();
    }
    return clamp(greatest.isEmpty() ? 0 : greatest.getFirst().value, floor, slots);
  }

  /** And never more than this: the window is up to a twelfth too long. */
  int most(int floor, int slots) {
    return clamp(ever * 13.0 / 12, floor, slots);
  }

  private Step second() {
    var all = steps.iterator();
    all.next();
    return all.next();
  }

  private static double area(Step step, long until) {
    return step.area + (double) step.count * (until - step.at);
  }

  private static int clamp(double demand, int floor, int slots) {
    int wanted = (int) Math.ceil(demand + 2 * Math.sqrt(demand) - 1e-3);
    return Math.max(0, Math.min(Math.max(floor, wanted), slots - 1));
  }
}
