package io.gradelane.sim;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/** Simulated time, and what happens when; at the same time, in the order in which it was put down. */
final class FleetAgenda implements InstantSource {

  private record Entry(long at, long number, Runnable task) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long now;
  private long number;

  /** Milliseconds since the start. */
  long now() {
    return now;
  }

  @Override
  public Instant instant() {
    return FleetScenario.START.plusMillis(now);
  }

  void at(long time, Runnable task) {
    entries.add(new Entry(Math.max(time, now), number++, task));
  }

  void in(long millis, Runnable task) {
    at(now + millis, task);
  }

  void runUntil(long end) {
    while (!entries.isEmpty() && entries.element().at() <= end) {
      Entry next = entries.remove();
      now = next.at();
      next.task().run();
    }
    now = end;
  }
}
