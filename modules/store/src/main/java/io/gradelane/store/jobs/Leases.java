package io.gradelane.store.jobs;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** Work that must be done once: whoever holds its lease does it, and shows the fence where it writes. */
public interface Leases {

  /** @param fence grows with every holder: what comes with an older one is too late */
  record Lease(String name, long fence) {}

  /** Never waits: empty if somebody else holds it. */
  Future<Optional<Lease>> take(String name, String holder, Duration time);

  /** @return whether it is still ours */
  Future<Boolean> renew(Lease lease, Duration time);

  Future<Void> release(Lease lease);
}
