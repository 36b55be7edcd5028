package io.gradelane.launcher.remote;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast jobs end, over the last seconds. */
final class Pace {

  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  private record Point(long at, int ended) {}

  private final Deque<Point> points = new ArrayDeque<>();

  void add(long nanos, int ended) {
    points.add(new Point(nanos, ended));
    while (points.size() > 2 && nanos - points.getFirst().at > WINDOW_NANOS) {
      points.removeFirst();
    }
  }

  /** Jobs a second; 0 while nobody knows. */
  double perSecond(long now) {
    if (points.isEmpty() || now == points.getFirst().at) {
      return 0;
    }
    Point first = points.getFirst();
    return Math.max(0, (points.getLast().ended - first.ended) / ((now - first.at) / 1e9));
  }
}
