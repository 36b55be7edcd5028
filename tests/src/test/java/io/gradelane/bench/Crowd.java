package io.gradelane.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/** Many clients at once, each on a virtual thread and a connection of its own. */
final class Crowd {

  /** What one client met; times in nanoseconds of one ticker. */
  record Visit(Http.Answer answer, String tag, long start, long end) {

    long millis() {
      return TimeUnit.NANOSECONDS.toMillis(end - start);
    }

    boolean right() {
      return answer.right(tag);
    }
  }

  /** What all of them met. */
  record Visits(List<Visit> all) {

    long right() {
      return all.stream().filter(Visit::right).count();
    }

    long refused() {
      return all.stream().filter(visit -> visit.answer.refused()).count();
    }

    /** Neither a right answer nor a polite refusal. */
    long failed() {
      return all.size() - right() - refused();
    }

    /** From the first request to the last answer. */
    double makespanMillis() {
      long first = all.stream().mapToLong(Visit::start).min().orElse(0);
      long last = all.stream().mapToLong(Visit::end).max().orElse(0);
      return (last - first) / 1e6;
    }

    double percentile(double percent) {
      Histogram histogram = new Histogram(3);
      all.forEach(
          visit -> histogram.recordValue(TimeUnit.NANOSECONDS.toMicros(visit.end - visit.start)));
      return histogram.getValueAtPercentile(percent) / 1e3;
    }
  }

  private Crowd() {}

  /** All {@code n} send at the same moment. */
  static Visits atOnce(int n, IntFunction<Visit> client) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Visit>> visits = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        int me = i;
        visits.add(threads.submit(() -> {
          start.await();
          return client.apply(me);
        }));
      }
      start.countDown();
      return collected(visits);
    }
  }

  /** Client i starts at {@code startNanos[i]} after now. */
  static Visits at(long[] startNanos, IntFunction<Visit> client) throws InterruptedException {
    long now = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Visit>> visits = new ArrayList<>();
      for (int i = 0; i < startNanos.length; i++) {
        int me = i;
        visits.add(threads.submit(() -> {
          for (long left = now + startNanos[me] - System.nanoTime();
              left > 0;
              left = now + startNanos[me] - System.nanoTime()) {
            LockSupport.parkNanos(left);
          }
          return client.apply(me);
        }));
      }
      return collected(visits);
    }
  }

  /** One run that takes so long on a {@link LeanJobe}, and prints its own tag. */
  static Visit visit(int port, String prefix, long millis, String tag) {
    long start = System.nanoTime();
    Http.Answer answer = Http.run(port, prefix, tag, Http.sleeping(millis, tag));
    return new Visit(answer, tag, start, System.nanoTime());
  }

  private static Visits collected(List<Future<Visit>> visits) throws InterruptedException {
    List<Visit> all = new ArrayList<>();
    for (Future<Visit> visit : visits) {
      try {
        all.add(visit.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    return new Visits(all);
  }
}
