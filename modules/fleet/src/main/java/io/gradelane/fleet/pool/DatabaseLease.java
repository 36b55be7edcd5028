package io.gradelane.fleet.pool;

import io.gradelane.fleet.Lease;
import io.gradelane.fleet.Timers;
import io.gradelane.store.jobs.Leases;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lease in the database, by its clock. It is renewed on a timer of its own, so a long pass keeps it; a node that hangs
 * loses it. Used on one context only.
 */
public final class DatabaseLease implements Lease {

  /** So long after a leader's last sign of life another one may follow it. */
  static final Duration TIME = Duration.ofSeconds(9);

  static final Duration RENEWED_EVERY = Duration.ofSeconds(3);

  private final Supplier<Optional<Leases>> leases;
  private final String name;
  private final String holder;
  private final Timers timers;
  private Leases.@Nullable Lease held;
  private Runnable timer = () -> {};

  /** @param leases empty while the database can't be reached: then nobody holds it here */
  public DatabaseLease(
      Supplier<Optional<Leases>> leases, String name, String holder, Timers timers) {
    this.leases = leases;
    this.name = name;
    this.holder = holder;
    this.timers = timers;
  }

  @Override
  public Future<OptionalLong> hold() {
    return leases
        .get()
        .map(this::hold)
        .orElseGet(() -> Future.succeededFuture(OptionalLong.empty()));
  }

  private Future<OptionalLong> hold(Leases open) {
    return renew(open).compose(still -> still ? fence() : take(open));
  }

  private Future<OptionalLong> take(Leases open) {
    return open.take(name, holder, TIME).compose(taken -> {
      held = taken.orElse(null);
      keep();
      return fence();
    });
  }

  private Future<OptionalLong> fence() {
    return Future.succeededFuture(
        held == null ? OptionalLong.empty() : OptionalLong.of(held.fence()));
  }

  /** @return whether it is ours still */
  private Future<Boolean> renew(Leases open) {
    Leases.Lease lease = held;
    if (lease == null) {
      return Future.succeededFuture(false);
    }
    return open.renew(lease, TIME).onSuccess(still -> {
      if (!still && lease.equals(held)) {
        held = null;
      }
    });
  }

  private void keep() {
    timer.run();
    if (held != null) {
      timer = timers.after(
          RENEWED_EVERY,
          () -> leases
              .get()
              .map(this::renew)
              .orElseGet(() -> Future.succeededFuture(true))
              .onComplete(renewed -> keep()));
    }
  }

  @Override
  public Future<Void> release() {
    timer.run();
    Leases.Lease lease = held;
    held = null;
    return lease == null
        ? Future.succeededFuture()
        : leases.get().map(open -> open.release(lease)).orElseGet(Future::succeededFuture);
  }
}
