package io.gradelane.api.v1;

import io.gradelane.api.access.LaneBook;
import io.gradelane.api.access.Tenant;
import io.gradelane.api.hooks.HookRules;
import io.gradelane.api.http.Headers;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.Attempt;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.EventCursor;
import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.JobView;
import io.gradelane.store.jobs.NewBatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Durable jobs: {@code POST /api/v1/batches} and {@code /jobs}, what became of them, and how batches are steered. Where
 * there is no database, or it is away, the answer is 503: nothing is accepted that is not kept.
 */
public final class JobRooms {

  private static final int MOST_AT_ONCE = 500;
  private static final int USUAL = 100;
  private static final String JOB = "/api/v1/jobs/:job";
  private static final String BATCH = "/api/v1/batches/:batch";

  private final JobDoor door;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final SecureRandom secrets = new SecureRandom();

  public JobRooms(JobDoor door, InstantSource clock, RandomGenerator random) {
    this.door = door;
    this.clock = clock;
    this.random = random;
  }

  JobDoor door() {
    return door;
  }

  /** Where it is said on the bus that a pool's batches have changed: a hint. */
  public static String changed(String pool) {
    return "jobs.changed." + pool;
  }

  List<Route> routes(Vertx vertx, LaneBook lanes, HookRules hooks, String pool) {
    Submitting submitting = new Submitting(vertx, lanes, hooks);
    Runnable hint = () -> vertx.eventBus().publish(changed(pool), "");
    return List.of(
        run(
            "POST",
            "/api/v1/batches",
            (call, store) ->
                submitting.batch(call).onSuccess(read -> submit(call, store, read, hint))),
        run(
            "POST",
            "/api/v1/jobs",
            (call, store) ->
                submitting.job(call).onSuccess(read -> submit(call, store, read, hint))),
        run("GET", "/api/v1/batches", this::list),
        run("GET", BATCH, (call, store) -> batch(call, store, found -> showBatch(call, found))),
        run(
            "PATCH",
            BATCH,
            (call, store) -> batch(call, store, found -> steer(call, store, found, lanes, hint))),
        run(
            "POST",
            BATCH + "/redrive",
            (call, store) -> batch(call, store, found -> redrive(call, store, found, hint))),
        run(
            "GET",
            BATCH + "/jobs",
            (call, store) -> batch(call, store, found -> jobs(call, store, found))),
        run(
            "GET",
            BATCH + "/events",
            (call, store) -> batch(call, store, found -> events(call, store, found))),
        run("GET", JOB, (call, store) -> job(call, store, found -> history(call, store, found))),
        run(
            "GET",
            JOB + "/result",
            (call, store) -> job(call, store, found -> result(call, found))));
  }

  private Route run(String method, String path, BiConsumer<Call, JobStore> room) {
    return Route.of(
        method,
        path,
        Tenant.RUN,
        call -> door.store()
            .filter(store -> door.session().isPresent())
            .ifPresentOrElse(store -> room.accept(call, store), () -> away(call, null)));
  }

  // --- submitting

  private void submit(Call call, JobStore store, Optional<Submitting.Read> request, Runnable hint) {
    request.ifPresent(read -> answer(
        call,
        read.hook().find(call, store, secrets),
        found -> found.ifPresentOrElse(
            named -> submit(call, store, read, named, hint),
            () -> call.fail(Problem.invalid(
                "/webhook/id", read.hook().id() + " (expected: a webhook of this key)")))));
  }

  private void submit(
      Call call, JobStore store, Submitting.Read read, HookWish.Named named, Runnable hint) {
    BatchId id = BatchId.next(clock.millis(), random);
    NewBatch batch = new NewBatch(
        id,
        call.tenant().name(),
        read.name(),
        read.template(),
        read.control(),
        true,
        named.hook(),
        read.reuse());
    answer(call, store.batches().submit(session(), batch, JobSource.of(read.jobs())), kept -> {
      hint.run();
      call.exchange().put("Location", "/api/v1/batches/" + id);
      call.answer(
          201, named.shownIn(JobJson.batch(kept).put("firstJob", id.job(1).toString())));
    });
  }

  // --- batches

  private void list(Call call, JobStore store) {
    String tenant = call.tenant().has(Tenant.ADMIN) ? null : call.tenant().name();
    parsed(call, "before", BatchId::parse)
        .ifPresent(before ->
            answer(call, store.batches().page(tenant, before.orElse(null), size(call)), page -> {
              JsonArray all = new JsonArray();
              page.forEach(batch -> all.add(JobJson.batch(batch)));
              call.answer(200, new JsonObject().put("batches", all));
            }));
  }

  private static void showBatch(Call call, Batch batch) {
    call.exchange().put("ETag", "\"" + batch.control().version() + "\"");
    call.answer(200, JobJson.batch(batch));
  }

  private void steer(Call call, JobStore store, Batch batch, LaneBook lanes, Runnable hint) {
    Steering.read(call, batch, lanes).ifPresent(next -> {
      if (next.version() == batch.control().version()) {
        showBatch(call, batch);
        return;
      }
      take(call, store, batch, next, hint);
    });
  }

  /** Each change makes one version; what the database sees is one step, whatever was changed together. */
  private void take(Call call, JobStore store, Batch batch, BatchControl next, Runnable hint) {
    BatchControl step = next.withVersion(batch.control().version() + 1);
    String why = "by " + call.tenant().name();
    answer(call, store.batches().steer(session(), batch.id(), step, why), taken -> {
      if (!taken) {
        call.fail(new Problem(409, "conflict", "The batch was changed or has ended meanwhile"));
        return;
      }
      hint.run();
      Future<?> cancelled = step.cancelled()
          ? store.jobs().cancelWaiting(session(), batch.id())
          : Future.succeededFuture();
      answer(
          call,
          cancelled.compose(done -> store.batches().find(batch.id())),
          found -> found.ifPresent(now -> showBatch(call, now)));
    });
  }

  private void redrive(Call call, JobStore store, Batch batch, Runnable hint) {
    answer(call, store.jobs().redrive(session(), batch.id(), Set.of()), count -> {
      hint.run();
      call.answer(200, new JsonObject().put("redriven", count));
    });
  }

  private void events(Call call, JobStore store, Batch batch) {
    parsed(call, "from", EventCursor::parse).ifPresent(from -> {
      EventCursor start = from.orElse(EventCursor.START);
      answer(
          call,
          store.events().since(batch.id(), start, size(call)),
          events -> call.answer(200, JobJson.events(events, start)));
    });
  }

  // --- jobs

  private void jobs(Call call, JobStore store, Batch batch) {
    String state = call.exchange().request().getParam("state");
    if (state != null && !JobJson.STATES.contains(state)) {
      call.fail(Problem.query("state", state, "one of " + String.join(", ", JobJson.STATES)));
      return;
    }
    int size = size(call);
    parsed(call, "after", JobId::parse)
        .ifPresent(after -> answer(
            call,
            store.jobs().page(batch.id(), after.orElse(null), state, size),
            page -> call.answer(200, jobs(page, size))));
  }

  private static JsonObject jobs(List<JobView> page, int size) {
    JsonArray all = new JsonArray();
    page.forEach(job -> all.add(JobJson.job(job)));
    JsonObject json = new JsonObject().put("jobs", all);
    return page.size() == size ? json.put("after", page.getLast().id().toString()) : json;
  }

  private void history(Call call, JobStore store, JobView job) {
    answer(
        call,
        store.jobs().attempts(job.id()),
        attempts -> call.answer(200, JobJson.job(job, attempts)));
  }

  /** What the server said, byte for byte. */
  private static void result(Call call, JobView job) {
    Attempt last = job.last();
    Buffer result = last == null ? null : last.result();
    if (result == null) {
      unknown(call, "result");
    } else {
      call.exchange().answer(200, Headers.JSON, result);
    }
  }

  private void job(Call call, JobStore store, Consumer<JobView> room) {
    Optional<JobId> id = id(call.element("job"), JobId::parse);
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

  // --- what they share

  private void batch(Call call, JobStore store, Consumer<Batch> room) {
    id(call.element("batch"), BatchId::parse)
        .ifPresentOrElse(id -> batch(call, store, id, room), () -> unknown(call, "batch"));
  }

  /** Others' batches are not there. */
  private static void batch(Call call, JobStore store, BatchId id, Consumer<Batch> room) {
    answer(
        call,
        store.batches().find(id),
        found -> found
            .filter(batch -> call.tenant().has(Tenant.ADMIN)
                || batch.tenant().equals(call.tenant().name()))
            .ifPresentOrElse(room, () -> unknown(call, "batch")));
  }

  private static <T> void answer(Call call, Future<T> asked, Consumer<T> room) {
    asked.onSuccess(room::accept).onFailure(failure -> away(call, failure));
  }

  private static void away(Call call, @Nullable Throwable failure) {
    call.exchange().put("Retry-After", "5");
    call.fail(new Problem(
        503,
        "no_database",
        failure == null
            ? "This node has no database for jobs, or it is not there yet"
            : "The jobs' database did not answer"));
  }

  private static void unknown(Call call, String what) {
    call.fail(new Problem(404, "not_found", "There is no such " + what));
  }

  private long session() {
    return door.session().orElse(0);
  }

  private static int size(Call call) {
    String text = call.exchange().request().getParam("size");
    boolean number = text != null && text.matches("\\d{1,6}");
    return number ? Math.clamp(Integer.parseInt(text), 1, MOST_AT_ONCE) : USUAL;
  }

  /** Empty after an answer; else what the parameter says, if it is there. */
  private static <T> Optional<Optional<T>> parsed(
      Call call, String name, Function<String, T> parse) {
    String text = call.exchange().request().getParam(name);
    if (text == null) {
      return Optional.of(Optional.empty());
    }
    Optional<T> value = id(text, parse);
    if (value.isEmpty()) {
      call.fail(Problem.query(name, text, "one that an earlier answer named"));
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private static <T> Optional<T> id(String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
