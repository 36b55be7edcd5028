package io.gradelane.api.jobs;

import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Jobs.Claimed;
import io.gradelane.store.jobs.Jobs.Offer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Claims whose answer was lost on the way: perhaps they were made, and then nobody runs the jobs. Looked up until the
 * database says which. Belongs to the engine's context.
 */
final class Doubts {

  /** A claim that is still under way in the database is over by then. */
  private static final long AGAIN_MILLIS = 500;

  private final Vertx vertx;
  private final JobDoor door;
  private final Resolved resolved;
  private final Deque<Doubt> open = new ArrayDeque<>();
  private boolean looking;

  /** A claim that was made after all. */
  record Made(Claimed claimed, String server) {}

  /** Is told of each group of claims, once. */
  interface Resolved {

    /** @param made those of the {@code jobs} that were claimed after all */
    void claims(List<JobId> jobs, List<Made> made);
  }

  private record Doubt(long session, List<Offer> asked) {

    List<JobId> jobs() {
      return asked.stream().map(Offer::job).toList();
    }

    Made made(Claimed claimed) {
      return new Made(
          claimed,
          asked.stream()
              .filter(one -> one.job().equals(claimed.claim().job()))
              .map(Offer::server)
              .findFirst()
              .orElse(""));
    }
  }

  Doubts(Vertx vertx, JobDoor door, Resolved resolved) {
    this.vertx = vertx;
    this.door = door;
    this.resolved = resolved;
  }

  void add(long session, List<Offer> asked) {
    open.add(new Doubt(session, asked));
    lookLater();
  }

  private void lookLater() {
    if (!looking && !open.isEmpty()) {
      looking = true;
      vertx.setTimer(AGAIN_MILLIS, timer -> look(open.element()));
    }
  }

  private void look(Doubt first) {
    ask(first).onComplete(answer -> {
      looking = false;
      if (answer.succeeded()) {
        open.remove();
        resolved.claims(first.jobs(), answer.result().stream().map(first::made).toList());
      }
      lookLater();
    });
  }

  private Future<List<Claimed>> ask(Doubt doubt) {
    Optional<JobStore> store = door.store();
    return store.isEmpty()
        ? Future.failedFuture("the database can't be reached")
        : store.get().jobs().claimed(doubt.session, doubt.jobs());
  }
}
