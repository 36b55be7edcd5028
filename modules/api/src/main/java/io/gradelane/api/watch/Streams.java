package io.gradelane.api.watch;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The open streams of one event loop. Belongs to its context, but for {@link #count}. */
final class Streams {

  /** Of one key. */
  static final int MOST = 5_000;

  /** Those who are sent away come back within this time, not all at once. */
  private static final int SPREAD_MILLIS = 2_000;

  private static final int SOONEST_MILLIS = 100;

  private final RandomGenerator random;
  private final Set<Stream> open = new LinkedHashSet<>();
  private final Map<String, Integer> byTenant = new HashMap<>();
  private boolean leaving;

  Streams(RandomGenerator random) {
    this.random = random;
  }

  /** @throws Refusal if this node leaves, or the key has too many */
  void admit(String tenant) {
    if (leaving) {
      throw Refusal.leaving();
    }
    if (byTenant.getOrDefault(tenant, 0) >= MOST) {
      throw Refusal.tooMany("This key has " + MOST + " streams open here (limit: " + MOST + ")");
    }
  }

  void opened(Stream stream) {
    if (open.add(stream)) {
      byTenant.merge(stream.tenant(), 1, Integer::sum);
    }
    if (leaving) {
      stream.bye(retry());
    }
  }

  void closed(Stream stream) {
    if (open.remove(stream)) {
      byTenant.computeIfPresent(stream.tenant(), (tenant, n) -> n == 1 ? null : n - 1);
    }
  }

  void ping() {
    List.copyOf(open).forEach(Stream::ping);
  }

  /** Sends everybody to another node; whoever comes now is sent on at once. */
  Future<Void> leave() {
    leaving = true;
    return Future.join(
            List.copyOf(open).stream().map(stream -> stream.bye(retry())).toList())
        .mapEmpty();
  }

  int count() {
    return open.size();
  }

  private int retry() {
    return random.nextInt(SOONEST_MILLIS, SPREAD_MILLIS);
  }
}
