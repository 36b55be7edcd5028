package io.gradelane.api.hooks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Lets only so many be under way to one host; the others wait. Used on one context only. */
final class HostLanes {

  private final int most;
  private final Map<String, Lane> lanes = new HashMap<>();

  private static final class Lane {
    final Deque<Runnable> waiting = new ArrayDeque<>();
    int underWay;
  }

  /** @param most at once to one host */
  HostLanes(int most) {
    this.most = most;
  }

  /** Begins {@code work} when there is room. */
  <T> Future<T> enter(String host, Supplier<Future<T>> work) {
    Promise<T> end = Promise.promise();
    lanes
        .computeIfAbsent(host, any -> new Lane())
        .waiting
        .add(() -> work.get().onComplete(done -> {
          left(host);
          end.handle(done);
        }));
    next(host);
    return end.future();
  }

  private void left(String host) {
    Lane lane = lanes.get(host);
    if (lane != null) {
      lane.underWay--;
      next(host);
    }
  }

  private void next(String host) {
    Lane lane = lanes.get(host);
    if (lane == null) {
      return;
    }
    while (lane.underWay < most && !lane.waiting.isEmpty()) {
      lane.underWay++;
      lane.waiting.remove().run();
    }
    if (lane.underWay == 0) {
      lanes.remove(host);
    }
  }
}
