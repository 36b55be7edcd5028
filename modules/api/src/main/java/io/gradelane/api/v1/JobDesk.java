package io.gradelane.api.v1;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Headers;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.JobView;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all rooms of durable jobs need: the store, the session, and whatever a path names, if it is the caller's. */
final class JobDesk {

  static final String BATCHES = "/api/v1/batches";
  static final String BATCH = BATCHES + "/:batch";
  static final String JOBS = "/api/v1/jobs";
  static final String JOB = JOBS + "/:job";

  private final JobDoor door;
  private final Runnable hint;

  /** @param hint tells the engine that there is something to do */
  JobDesk(JobDoor door, Runnable hint) {
    this.door = door;
    this.hint = hint;
  }

  Route route(String method, String path, BiConsumer<Call, JobStore> room) {
    return Route.of(method, path, Tenant.RUN, call -> enter(call, room));
  }

  /** One that takes in the body itself. */
  Route intake(String path, BiConsumer<Call, JobStore> room) {
    return Route.intake(path, Tenant.RUN, call -> enter(call, room));
  }

  private void enter(Call call, BiConsumer<Call, JobStore> room) {
    door.store()
        .filter(store -> door.session().isPresent())
        .ifPresentOrElse(store -> room.accept(call, store), () -> away(call, null));
  }

  /** Under which this node writes. */
  long session() {
    return door.session().orElse(0);
  }

  void hint() {
    hint.run();
  }

  /** The one that the path names. */
  void batch(Call call, JobStore store, Consumer<Batch> room) {
    Queries.parse(call.element("batch"), BatchId::parse)
        .ifPresentOrElse(id -> batch(call, store, id, room), () -> unknown(call, "batch"));
  }

  /** Others' batches are not there. */
  private static void batch(Call call, JobStore store, BatchId id, Consumer<Batch> room) {
    answer(
        call,
        store.batches().find(id),
        found -> found
            .filter(batch -> isHis(call, batch))
            .ifPresentOrElse(room, () -> unknown(call, "batch")));
  }

  private static boolean isHis(Call call, Batch batch) {
    return call.tenant().has(Tenant.ADMIN)
        || batch.tenant().equals(call.tenant().name());
  }

  /** The one that the path names. */
  void job(Call call, JobStore store, Consumer<JobView> room) {
    Optional<JobId> id = Queries.parse(call.element("job"), JobId::parse);
    if (id.isEmpty()) {
      unknown(call, "job");
      return;
    }
    batch(
        call,
        store,
        id.get().batch(),
        batch -> answer(
            call,
            store.jobs().find(id.get()),
            found -> found.ifPresentOrElse(room, () -> unknown(call, "job"))));
  }

  static <T> void answer(Call call, Future<T> asked, Consumer<T> room) {
    asked.onFailure(failure -> away(call, failure)).onSuccess(value -> {
      try {
        room.accept(value);
      } catch (RuntimeException broken) {
        call.exchange().crash(broken);
      }
    });
  }

  static void away(Call call, @Nullable Throwable failure) {
    call.exchange().put(Headers.RETRY_AFTER, "5");
    call.fail(new Problem(
        503,
        "no_database",
        failure == null
            ? "This node has no database for jobs, or it is not there yet"
            : "The jobs' database did not answer"));
  }

  static void unknown(Call call, String what) {
    call.fail(new Problem(404, "not_found", "There is no such " + what));
  }
}
