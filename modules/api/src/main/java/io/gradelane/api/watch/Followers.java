package io.gradelane.api.watch;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.jobs.Happenings;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.api.v1.JobRooms;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.EventCursor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The followers of one event loop, one for each batch that is watched there. */
final class Followers {

  private final Vertx vertx;
  private final JobDoor door;
  private final Map<BatchId, Follower> followers = new HashMap<>();

  /** Listens to the hints of all nodes. */
  Followers(Vertx vertx, JobDoor door, String pool) {
    this.vertx = vertx;
    this.door = door;
    vertx.eventBus().<String>consumer(Happenings.address(pool), hint -> look(hint.body()));
    vertx.eventBus().<String>consumer(JobRooms.changed(pool), hint -> lookAtAll());
  }

  Future<Subscription> batch(
      BatchId batch, @Nullable EventCursor from, Tenant tenant, Outlet outlet) {
    return of(batch).watch(null, from, tenant, outlet);
  }

  Future<Subscription> job(JobId job, @Nullable EventCursor from, Tenant tenant, Outlet outlet) {
    return of(job.batch()).watch(job, from, tenant, outlet);
  }

  /** Should a hint have been lost. */
  void lookAtAll() {
    followers.values().removeIf(follower -> !follower.isWatched());
    List.copyOf(followers.values()).forEach(Follower::look);
  }

  int count() {
    return followers.size();
  }

  private Follower of(BatchId batch) {
    Follower known = followers.get(batch);
    if (known != null && !known.isBroken()) {
      return known;
    }
    Follower made = new Follower(vertx, door, batch);
    followers.put(batch, made);
    return made;
  }

  /** What is no batch's id comes from another version, and is left to the next look. */
  private void look(String hint) {
    followers.forEach((batch, follower) -> {
      if (batch.toString().equals(hint)) {
        follower.look();
      }
    });
  }
}
