package io.gradelane.api.v1;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Headers;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.Attempt;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.JobView;
import io.gradelane.store.jobs.Jobs.Erased;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/jobs}, and the list of them in a batch: what became of each, and their erasure. */
final class JobRoom {

  private final JobDesk desk;

  JobRoom(JobDesk desk) {
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        desk.route(
            "GET",
            JobDesk.BATCH + "/jobs",
            (call, store) -> desk.batch(call, store, batch -> list(call, store, batch))),
        desk.route(
            "GET",
            JobDesk.JOB,
            (call, store) -> desk.job(call, store, job -> history(call, store, job))),
        desk.route(
            "GET",
            JobDesk.JOB + "/result",
            (call, store) -> desk.job(call, store, job -> result(call, job))),
        desk.route("DELETE", JobDesk.JOBS, this::erase));
  }

  private void list(Call call, JobStore store, Batch batch) {
    int size = Queries.size(call);
    Queries.filter(call)
        .ifPresent(filter -> Queries.parsed(call, "after", JobId::parse)
            .ifPresent(after -> JobDesk.answer(
                call,
                store.jobs().search(batch.id(), after.orElse(null), filter, size),
                page -> call.answer(200, jobs(page, size)))));
  }

  private static JsonObject jobs(List<JobView> page, int size) {
    JsonArray all = new JsonArray();
    page.forEach(job -> all.add(JobJson.job(job)));
    JsonObject json = new JsonObject().put("jobs", all);
    return page.size() == size ? json.put("after", page.getLast().id().toString()) : json;
  }

  private static void history(Call call, JobStore store, JobView job) {
    JobDesk.answer(
        call,
        store.jobs().attempts(job.id()),
        attempts -> call.answer(200, JobJson.job(job, attempts)));
  }

  /** What the server said, byte for byte. */
  private static void result(Call call, JobView job) {
    Attempt last = job.last();
    Buffer result = last == null ? null : last.result();
    if (result == null) {
      JobDesk.unknown(call, "result");
    } else {
      call.exchange().answer(200, Headers.JSON, result);
    }
  }

  /** Of the caller's own jobs, or with scope {@code admin} of everybody's. */
  private void erase(Call call, JobStore store) {
    String ref = Queries.text(call, "ref");
    if (ref == null || ref.isEmpty()) {
      call.fail(new Problem(400, "invalid", "ref: nothing (expected: the ref of what is to go)"));
      return;
    }
    String tenant = call.tenant().has(Tenant.ADMIN) ? null : call.tenant().name();
    Queries.parsed(call, "batch", BatchId::parse)
        .ifPresent(batch -> erase(call, store, tenant, ref, batch.orElse(null)));
  }

  private void erase(
      Call call, JobStore store, @Nullable String tenant, String ref, @Nullable BatchId batch) {
    JobDesk.answer(call, store.jobs().erase(desk.session(), tenant, ref, batch), erased -> {
      if (erased.running() > 0) {
        call.fail(stillRunning(erased));
        return;
      }
      desk.hint();
      call.answer(
          200,
          new JsonObject().put("erased", erased.erased()).put("cancelled", erased.cancelled()));
    });
  }

  private static Problem stillRunning(Erased erased) {
    return new Problem(
        409,
        "still_running",
        erased.running()
            + " of the jobs with this ref still run; nothing was erased. Ask again when"
            + " they have ended");
  }
}
