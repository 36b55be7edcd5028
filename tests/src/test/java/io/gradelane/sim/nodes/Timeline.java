package io.gradelane.sim.nodes;

import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What happens when: by time, and at one time in the order in which it was planned. */
final class Timeline {

  static final long MILLI = 1_000_000L;

  private record Event(long at, long number, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final @Nullable Consumer<String> trace;
  private long now = 1_000 * MILLI;
  private long numbers;
  private long steps;

  /** @param trace hears what is said; null if nobody does */
  Timeline(@Nullable Consumer<String> trace) {
    this.trace = trace;
  }

  /** @param after done after each thing that happens */
  void runUntil(long until, Runnable after) {
    while (!events.isEmpty() && events.peek().at <= until) {
      Event next = events.remove();
      now = Math.max(now, next.at);
      steps++;
      next.what.run();
      after.run();
    }
    now = Math.max(now, until);
  }

  void in(long delayMillis, Runnable what) {
    at(now + Math.max(0, delayMillis) * MILLI, what);
  }

  void at(long nanos, Runnable what) {
    events.add(new Event(nanos, numbers++, what));
  }

  long now() {
    return now;
  }

  /** How much has happened. */
  long steps() {
    return steps;
  }

  /** One that nothing else has. */
  long number() {
    return ++numbers;
  }

  void say(String what) {
    if (trace != null) {
      trace.accept(now / MILLI + " " + what);
    }
  }
}
