package io.gradelane.store.fleet;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import org.jspecify.annotations.Nullable;

/**
 * A row that is to stand.
 *
 * @param before what stands there now; null: no such id yet, not even a terminated one
 */
public record HostWrite(@Nullable Host before, Host after) {

  public HostId id() {
    return after.id();
  }

  /** The version that the row must still have; 0 if there must be none. */
  public long expected() {
    return before == null ? 0 : before.version();
  }
}
