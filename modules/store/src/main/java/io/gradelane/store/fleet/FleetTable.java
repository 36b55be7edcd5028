package io.gradelane.store.fleet;

import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of hosts, which is the truth about them, and of what the loop has seen. */
public interface FleetTable {

  /**
   * The living hosts, for the leader. From now on nothing is written under a lower fence.
   *
   * @return fails with {@link StaleFence} if a higher fence has read
   */
  Future<List<Host>> read(long fence);

  /**
   * Writes a group of rows, each of another host, at once: all of those that still have the version that they had.
   *
   * @return which had it; fails with {@link StaleFence} if a higher fence has read, and then none is written
   */
  Future<Set<HostId>> write(long fence, List<HostWrite> rows);

  /**
   * Writes one row.
   *
   * @param before null if there is no such id yet
   * @return whether it still had the version of {@code before}; fails with {@link StaleFence} if a higher fence has read
   */
  default Future<Boolean> replace(long fence, @Nullable Host before, Host after) {
    return write(fence, List.of(new HostWrite(before, after)))
        .map(written -> written.contains(after.id()));
  }

  /** The same for an operator, whose word goes by version alone, on any node. */
  Future<Boolean> amend(@Nullable Host before, Host after);

  /** All hosts, the terminated ones that are not forgotten included, the oldest first. */
  Future<List<Host>> hosts();

  /** @return fails with {@link StaleFence} if a higher fence has read */
  Future<Void> record(long fence, FleetSample sample);

  /** The samples from this moment on, the oldest first, at most so many. */
  Future<List<FleetSample>> samples(Instant from, int most);

  /** The last one; empty if there has been none for long. */
  Future<Optional<FleetSample>> latest();

  /** Forgets samples, and hosts that were terminated, before this moment. */
  Future<Void> forget(Instant before);
}
