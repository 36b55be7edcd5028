package io.gradelane.api.watch;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.watch.Topic.OfBatch;
import io.gradelane.api.watch.Topic.OfJob;
import io.gradelane.api.watch.Topic.OfLane;
import io.gradelane.api.watch.Topic.OfPool;
import io.gradelane.store.jobs.EventCursor;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Where streams subscribe: looks at what the asker may watch, and begins it. */
final class Desk {

  /** A cursor names one number for each node's life that wrote to the log; none is nearly as long. */
  private static final int LONGEST_CURSOR = 2_000;

  private final Followers followers;
  private final FigureFeed figures;

  Desk(Followers followers, FigureFeed figures) {
    this.followers = followers;
    this.figures = figures;
  }

  /**
   * Begins to say what happens, beginning with how things are.
   *
   * @param from a cursor, or null to begin now; topics without a log ignore it
   * @return fails with a {@link Refusal}
   */
  Future<Subscription> subscribe(Topic topic, @Nullable String from, Tenant tenant, Outlet outlet) {
    String scope = topic instanceof OfLane || topic instanceof OfPool ? Tenant.ADMIN : Tenant.RUN;
    if (!tenant.has(scope)) {
      return Future.failedFuture(Refusal.forbidden(scope));
    }
    return switch (topic) {
      case OfBatch of -> followers.batch(of.batch(), cursor(from), tenant, outlet);
      case OfJob of -> followers.job(of.job(), cursor(from), tenant, outlet);
      case OfLane of -> figures.watch(of.name(), outlet);
      case OfPool of -> figures.watch(null, outlet);
    };
  }

  private static @Nullable EventCursor cursor(@Nullable String from) {
    if (from == null) {
      return null;
    }
    try {
      return EventCursor.parse(from.length() > LONGEST_CURSOR ? from.substring(0, 40) + "…" : from);
    } catch (IllegalArgumentException none) {
      throw Refusal.malformed(String.valueOf(none.getMessage()));
    }
  }
}
