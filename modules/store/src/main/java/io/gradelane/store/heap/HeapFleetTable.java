package io.gradelane.store.heap;

import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState.Terminated;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.fleet.HostWrite;
import io.gradelane.store.fleet.StaleFence;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The table of a node that stands alone. What it launched earlier is unknown to it, and ends. Thread-safe. */
public final class HeapFleetTable implements FleetTable {

  private static final Comparator<Host> BY_AGE =
      Comparator.comparing(Host::created).thenComparing(Host::id);

  private final Map<HostId, Host> hosts = new HashMap<>();
  private final Deque<FleetSample> samples = new ArrayDeque<>();
  private long newest;

  @Override
  public synchronized Future<List<Host>> read(long fence) {
    return fenced(fence, () -> {
      newest = fence;
      return hosts.values().stream().filter(Host::living).sorted(BY_AGE).toList();
    });
  }

  @Override
  public synchronized Future<Set<HostId>> write(long fence, List<HostWrite> rows) {
    return fenced(fence, () -> {
      Set<HostId> written = new HashSet<>();
      for (HostWrite row : rows) {
        if (swap(row)) {
          written.add(row.id());
        }
      }
      return written;
    });
  }

  @Override
  public synchronized Future<Boolean> amend(@Nullable Host before, Host after) {
    return Future.succeededFuture(swap(new HostWrite(before, after)));
  }

  @Override
  public synchronized Future<List<Host>> hosts() {
    return Future.succeededFuture(hosts.values().stream().sorted(BY_AGE).toList());
  }

  @Override
  public synchronized Future<Void> record(long fence, FleetSample sample) {
    return fenced(fence, () -> {
      samples.addLast(sample);
      return null;
    });
  }

  @Override
  public synchronized Future<List<FleetSample>> samples(Instant from, int most) {
    return Future.succeededFuture(samples.stream()
        .filter(sample -> !sample.decision().at().isBefore(from))
        .limit(most)
        .toList());
  }

  @Override
  public synchronized Future<Optional<FleetSample>> latest() {
    return Future.succeededFuture(Optional.ofNullable(samples.peekLast()));
  }

  @Override
  public synchronized Future<Void> forget(Instant before) {
    samples.removeIf(sample -> sample.decision().at().isBefore(before));
    hosts
        .values()
        .removeIf(
            host -> host.state() instanceof Terminated && host.state().since().isBefore(before));
    return Future.succeededFuture();
  }

  private boolean swap(HostWrite row) {
    Host present = hosts.get(row.id());
    if ((present == null ? 0 : present.version()) != row.expected()) {
      return false;
    }
    hosts.put(row.id(), row.after());
    return true;
  }

  private <T extends @Nullable Object> Future<T> fenced(long fence, Supplier<T> task) {
    return fence < newest
        ? Future.failedFuture(new StaleFence(fence, newest))
        : Future.succeededFuture(task.get());
  }
}
