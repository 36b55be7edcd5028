package io.gradelane.api.v1;

import io.gradelane.api.access.LaneBook;
import io.gradelane.api.access.Tenant;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.EventCursor;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Once;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;

/** {@code /api/v1/batches}: how they are, what happened to them, and the operator's word about them. */
final class BatchRoom {

  private final JobDesk desk;
  private final LaneBook lanes;
  private final InstantSource clock;

  BatchRoom(JobDesk desk, LaneBook lanes, InstantSource clock) {
    this.desk = desk;
    this.lanes = lanes;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        desk.route("GET", JobDesk.BATCHES, this::list),
        desk.route(
            "GET",
            JobDesk.BATCH,
            (call, store) -> desk.batch(call, store, batch -> show(call, batch))),
        desk.route(
            "PATCH",
            JobDesk.BATCH,
            (call, store) -> desk.batch(call, store, batch -> steer(call, store, batch))),
        desk.route(
            "POST",
            JobDesk.BATCH + "/redrive",
            (call, store) -> desk.batch(call, store, batch -> redrive(call, store, batch))),
        desk.route(
            "GET",
            JobDesk.BATCH + "/events",
            (call, store) -> desk.batch(call, store, batch -> events(call, store, batch))));
  }

  private void list(Call call, JobStore store) {
    String tenant = call.tenant().has(Tenant.ADMIN) ? null : call.tenant().name();
    Queries.parsed(call, "before", BatchId::parse)
        .ifPresent(before -> JobDesk.answer(
            call, store.batches().page(tenant, before.orElse(null), Queries.size(call)), page -> {
              JsonArray all = new JsonArray();
              page.forEach(batch -> all.add(JobJson.batch(batch)));
              call.answer(200, new JsonObject().put("batches", all));
            }));
  }

  private static void show(Call call, Batch batch) {
    call.exchange().put(HttpHeaders.ETAG, IfMatch.etag(batch.control().version()));
    call.answer(200, JobJson.batch(batch));
  }

  private void steer(Call call, JobStore store, Batch batch) {
    if (!IfMatch.holds(call, batch.control().version())) {
      return;
    }
    Steering.read(call, batch, lanes, clock.instant()).ifPresent(next -> {
      if (next.version() == batch.control().version()) {
        show(call, batch);
        return;
      }
      take(call, store, batch, next);
    });
  }

  /** Each change makes one version; what the database sees is one step, whatever was changed together. */
  private void take(Call call, JobStore store, Batch batch, BatchControl next) {
    BatchControl step = next.withVersion(batch.control().version() + 1);
    String why = "by " + call.tenant().name();
    JobDesk.answer(call, store.batches().steer(desk.session(), batch.id(), step, why), taken -> {
      if (!taken) {
        call.fail(new Problem(409, "conflict", "The batch was changed or has ended meanwhile"));
        return;
      }
      desk.hint();
      Future<?> cancelled = step.cancelled()
          ? store.jobs().cancelWaiting(desk.session(), batch.id())
          : Future.succeededFuture();
      JobDesk.answer(
          call,
          cancelled.compose(done -> store.batches().find(batch.id())),
          found -> found.ifPresent(now -> show(call, now)));
    });
  }

  private void redrive(Call call, JobStore store, Batch batch) {
    RedriveRequest.read(call, batch.id())
        .ifPresent(wish -> Sent.once(
            call,
            store,
            within -> redrive(within, batch, wish),
            desk::hint,
            failure -> JobDesk.away(call, failure)));
  }

  private Future<Once.Answer> redrive(JobStore store, Batch batch, RedriveRequest wish) {
    if (batch.control().cancelled()) {
      return Future.failedFuture(new Sent.Refused(
          new Problem(409, "over", "The batch is cancelled: nothing of it runs any more")));
    }
    return store
        .jobs()
        .redrive(desk.session(), batch.id(), wish.jobs(), wish.filter())
        .map(count -> Sent.answer(200, new JsonObject().put("redriven", count)));
  }

  private void events(Call call, JobStore store, Batch batch) {
    Queries.parsed(call, "from", EventCursor::parse).ifPresent(from -> {
      EventCursor start = from.orElse(EventCursor.START);
      JobDesk.answer(
          call,
          store.events().since(batch.id(), start, Queries.size(call)),
          events -> call.answer(200, JobJson.events(events, start)));
    });
  }
}
