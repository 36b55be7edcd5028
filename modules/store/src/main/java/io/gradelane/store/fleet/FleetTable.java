package io.gradelane.store.fleet;

import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Host;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
   * Replaces {@code before} (null: no such id yet, not even a terminated one) by {@code after}, if the row still has the
   * version of {@code before}.
   *
   * @return whether it had; fails with {@link StaleFence} if a higher fence has read
   */
  Future<Boolean> replace(long fence, @Nullable Host before, Host after);

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
