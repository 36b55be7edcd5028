package io.gradelane.api.v1;

import io.gradelane.api.http.Headers;
import io.gradelane.api.submit.HookWish;
import io.gradelane.api.submit.Submission;
import io.gradelane.api.submit.Unfit;
import io.gradelane.core.job.BatchId;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.NewBatch;
import io.gradelane.store.jobs.RequestKey;
import io.gradelane.store.jobs.Submitted;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * {@code POST /api/v1/batches} and {@code /jobs}: reads what is submitted, then keeps it, or ({@code dryRun=true}) tells
 * what it would take. Under an {@code Idempotency-Key} the same is kept once.
 */
final class SubmitRoom {

  private final JobDesk desk;
  private final Intakes intakes;
  private final Forecasting forecasting;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final SecureRandom secrets = new SecureRandom();

  SubmitRoom(
      JobDesk desk,
      Intakes intakes,
      Forecasting forecasting,
      InstantSource clock,
      RandomGenerator random) {
    this.desk = desk;
    this.intakes = intakes;
    this.forecasting = forecasting;
    this.clock = clock;
    this.random = random;
  }

  List<Route> routes() {
    return List.of(
        desk.intake(JobDesk.BATCHES, (call, store) -> enter(call, store, intakes::batch)),
        desk.intake(JobDesk.JOBS, (call, store) -> enter(call, store, intakes::job)));
  }

  private void enter(Call call, JobStore store, Function<Call, Future<Submission>> intake) {
    if (!Sent.isFit(call)) {
      return;
    }
    Queries.flag(call, "dryRun", false)
        .ifPresent(dry -> intake
            .apply(call)
            .onFailure(failure -> refuse(call, failure))
            .onSuccess(read -> {
              if (dry) {
                forecasting.answer(call, store, read);
              } else {
                submit(call, store, read);
              }
            }));
  }

  private void submit(Call call, JobStore store, Submission read) {
    HookWish wish = read.head().hook();
    Future<Optional<NamedHook>> found = NamedHook.find(call, store, wish, secrets);
    JobDesk.answer(
        call,
        found
            .compose(named -> named.isEmpty()
                ? Future.succeededFuture(Optional.<Submitted>empty())
                : keep(call, store, read, named.get()).map(Optional::of))
            .eventually(read::discard),
        told -> told.ifPresentOrElse(
            submitted -> tell(call, submitted),
            () -> call.fail(
                Problem.invalid("/webhook/id", wish.id() + " (expected: a webhook of this key)"))));
  }

  private Future<Submitted> keep(Call call, JobStore store, Submission read, NamedHook named) {
    NewBatch batch = new NewBatch(
        BatchId.next(clock.millis(), random),
        call.tenant().name(),
        read.head().name(),
        read.head().template(),
        read.head().control(),
        true,
        named.hook(),
        read.head().reuse());
    Optional<RequestKey> key = Sent.key(call, read.digest());
    return key.isPresent()
        ? store
            .batches()
            .submit(desk.session(), batch, read.jobs(), key.get(), kept -> json(kept, named))
        : store
            .batches()
            .submit(desk.session(), batch, read.jobs())
            .map(kept -> new Submitted.Kept(kept.id(), json(kept, named)));
  }

  private static Buffer json(Batch kept, NamedHook named) {
    String first = kept.id().job(1).toString();
    return named.shownIn(JobJson.batch(kept).put("firstJob", first)).toBuffer();
  }

  private void tell(Call call, Submitted told) {
    switch (told) {
      case Submitted.Kept kept -> {
        desk.hint();
        created(call, kept.batch(), kept.answer());
      }
      case Submitted.Before before -> {
        Sent.replayed(call);
        created(call, before.batch(), before.answer());
      }
      case Submitted.Taken taken -> Sent.taken(call);
      case Submitted.UnderWay underWay -> Sent.underWay(call);
    }
  }

  private static void created(Call call, BatchId batch, Buffer answer) {
    call.exchange().put("Location", JobDesk.BATCHES + "/" + batch);
    call.exchange().answer(201, Headers.JSON, answer);
  }

  /** Who has gone, or was told while it came in, is told nothing more. */
  private static void refuse(Call call, Throwable failure) {
    switch (failure) {
      case Unfit unfit -> call.fail(problem(unfit));
      case IOException full -> noRoom(call);
      case FileSystemException full -> noRoom(call);
      default -> {
        if (!call.exchange().isOver()) {
          call.exchange().crash(failure);
        }
      }
    }
  }

  private static void noRoom(Call call) {
    call.exchange().failAndClose(507, "no_room", "It can't be put on the disk of this node");
  }

  private static Problem problem(Unfit unfit) {
    return unfit.status() == 422
        ? Problem.invalid(unfit.pointer(), unfit.detail())
        : new Problem(unfit.status(), unfit.code(), unfit.detail());
  }
}
