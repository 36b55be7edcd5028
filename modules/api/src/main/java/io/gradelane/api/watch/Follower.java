package io.gradelane.api.watch;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.BatchEvent;
import io.gradelane.store.jobs.BatchEvent.Kind;
import io.gradelane.store.jobs.EventCursor;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.LogHead;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log of one batch for all who watch it: when it is hinted that something has happened, but not more often than
 * ten times a second, so that what a fast batch does is told in few words. Belongs to one context.
 */
final class Follower {

  private static final Logger log = LoggerFactory.getLogger(Follower.class);
  private static final int PAGE = 500;
  private static final long LEAST_PAUSE_MILLIS = 100;

  private final Vertx vertx;
  private final JobDoor door;
  private final BatchId id;
  private final Future<BatchLog> opened;
  private final Map<Watcher, Outlet> outlets = new HashMap<>();
  private int asking;
  private boolean reading;
  private boolean resting;
  private boolean again;

  Follower(Vertx vertx, JobDoor door, BatchId id) {
    this.vertx = vertx;
    this.door = door;
    this.id = id;
    opened = head(null).map(BatchLog::new);
  }

  /** What was watched is not there, or can't be read. */
  boolean isBroken() {
    return opened.failed();
  }

  boolean isWatched() {
    return asking > 0 || (opened.succeeded() && opened.result().isWatched());
  }

  /** @return fails with a {@link Refusal}; others' batches are not there */
  Future<Subscription> watch(
      @Nullable JobId job, @Nullable EventCursor from, Tenant tenant, Outlet outlet) {
    asking++;
    return opened
        .compose(known -> mayWatch(tenant, known.batch())
            ? (job == null ? all(known, from) : one(known, job, from))
            : Future.failedFuture(Refusal.unknown(job == null ? "batch" : "job")))
        .map(watcher -> joined(opened.result(), watcher, outlet))
        .onComplete(done -> asking--);
  }

  private static boolean mayWatch(Tenant tenant, Batch batch) {
    return tenant.has(Tenant.ADMIN) || batch.tenant().equals(tenant.name());
  }

  private static Future<Watcher> all(BatchLog known, @Nullable EventCursor from) {
    EventCursor start = from == null ? known.head().cursor() : from;
    return Future.succeededFuture(new Watcher(Watcher.ALL, start, null));
  }

  private Future<Watcher> one(BatchLog known, JobId job, @Nullable EventCursor from) {
    return head(job).map(now -> {
      if (now.jobState() == null) {
        throw Refusal.unknown("job");
      }
      known.refresh(now);
      return new Watcher(job.sequence(), from == null ? now.cursor() : from, now.jobState());
    });
  }

  private Subscription joined(BatchLog known, Watcher watcher, Outlet outlet) {
    known.join(watcher);
    outlets.put(watcher, outlet);
    flush(known, watcher);
    look();
    return new Subscription() {
      @Override
      public void flush() {
        Follower.this.flush(known, watcher);
      }

      @Override
      public void end() {
        known.leave(watcher);
        outlets.remove(watcher);
      }
    };
  }

  private void flush(BatchLog known, Watcher watcher) {
    Outlet outlet = outlets.get(watcher);
    while (outlet != null && !outlet.isFull()) {
      Word word = watcher.next(known);
      if (word == null) {
        return;
      }
      outlet.say(word);
      outlet = outlets.get(watcher);
    }
  }

  // --- reading

  /** Reads what there is to read, now or as soon as it may. */
  void look() {
    if (reading || resting || !opened.succeeded()) {
      again = true;
      return;
    }
    again = false;
    reading = true;
    BatchLog known = opened.result();
    read(known)
        .onFailure(failure -> log.atDebug()
            .addKeyValue("batch", id)
            .addKeyValue("reason", String.valueOf(failure.getMessage()))
            .log("the log of a batch can't be read at the moment"))
        .onComplete(done -> {
          reading = false;
          List.copyOf(outlets.keySet()).forEach(watcher -> flush(known, watcher));
          rest(done.succeeded() && known.isBehind());
        });
  }

  private void rest(boolean more) {
    again |= more;
    resting = true;
    vertx.setTimer(LEAST_PAUSE_MILLIS, timer -> {
      resting = false;
      if (again) {
        look();
      }
    });
  }

  /** Page after page, until nothing is left; then those who can't go on begin anew. */
  private Future<Void> read(BatchLog known) {
    return since(known.beginRead()).compose(page -> {
      boolean whole = page.size() < PAGE;
      return refreshed(known, page).compose(fresh -> {
        known.read(page, whole);
        return whole ? restart(known) : read(known);
      });
    });
  }

  private Future<List<BatchEvent>> since(EventCursor cursor) {
    return store().compose(store -> store.events().since(id, cursor, PAGE));
  }

  /** What was steered, ended or opened again is told with the batch as it is then. */
  private Future<Void> refreshed(BatchLog known, List<BatchEvent> page) {
    return page.stream().allMatch(event -> event.kind() == Kind.PROGRESS)
        ? Future.succeededFuture()
        : head(null).onSuccess(known::refresh).mapEmpty();
  }

  private Future<Void> restart(BatchLog known) {
    Future<Void> all = Future.succeededFuture();
    for (Watcher watcher : known.lost()) {
      all = all.compose(before -> restart(known, watcher));
    }
    return all;
  }

  private Future<Void> restart(BatchLog known, Watcher watcher) {
    if (watcher.sequence() == Watcher.ALL) {
      known.restart(watcher);
      return Future.succeededFuture();
    }
    return head(id.job(watcher.sequence()))
        .onSuccess(now -> {
          known.refresh(now);
          watcher.restart(now.cursor(), now.jobState());
        })
        .mapEmpty();
  }

  private Future<LogHead> head(@Nullable JobId job) {
    return store()
        .compose(store -> store.events().head(id, job))
        .map(found -> found.orElseThrow(() -> Refusal.unknown("batch")));
  }

  private Future<JobStore> store() {
    Optional<JobStore> store = door.store();
    return store.isPresent()
        ? Future.succeededFuture(store.get())
        : Future.failedFuture(Refusal.away(null));
  }
}
