package io.gradelane.api.v1;

import io.gradelane.api.http.Headers;
import io.gradelane.api.submit.Digests;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Once;
import io.gradelane.store.jobs.RequestKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Calls that may be sent again under an {@code Idempotency-Key}: what they ask for is done once. */
final class Sent {

  private static final String KEY = "Idempotency-Key";
  private static final String REPLAYED = "Idempotency-Replayed";

  /** Instead of what was asked for; nothing of it is done then, and its key is free. */
  static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Refused(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }
  }

  private Sent() {}

  /** False after an answer that says what is wrong with the call's key. */
  static boolean isFit(Call call) {
    String key = call.exchange().header(KEY);
    if (key == null || key.matches("[\\x21-\\x7E]{1,255}")) {
      return true;
    }
    call.fail(new Problem(
        400, "invalid", KEY + ": '" + key + "' (expected: 1 to 255 printable characters)"));
    return false;
  }

  /**
   * The call's key, if it has one.
   *
   * @param digest of its body
   */
  static Optional<RequestKey> key(Call call, Buffer digest) {
    return Optional.ofNullable(call.exchange().header(KEY))
        .map(key -> new RequestKey(
            call.tenant().name(),
            key,
            digest.copy().appendString(call.exchange().target().path())));
  }

  /**
   * Does what is asked for with the store that it is given, and answers; what was done before is answered as it was then.
   *
   * @param done told once what was asked for is kept
   * @param away told that the store did not answer
   */
  static void once(
      Call call,
      JobStore store,
      Function<JobStore, Future<Once.Answer>> work,
      Runnable done,
      Consumer<Throwable> away) {
    if (!isFit(call)) {
      return;
    }
    Optional<RequestKey> key = key(call, Digests.of(call.body()));
    Future<Once> asked =
        key.isPresent() ? store.once(key.get(), work) : work.apply(store).map(Once.Done::new);
    asked.onSuccess(once -> tell(call, once, done)).onFailure(failure -> {
      if (failure instanceof Refused refused) {
        call.fail(refused.problem);
      } else {
        away.accept(failure);
      }
    });
  }

  static Once.Answer answer(int status, JsonObject json) {
    return new Once.Answer(status, json.toBuffer());
  }

  static void replayed(Call call) {
    call.exchange().put(REPLAYED, "true");
  }

  static void taken(Call call) {
    call.fail(new Problem(
        422,
        "key_reused",
        "This " + KEY + " was sent before, with another body or to another path"));
  }

  static void underWay(Call call) {
    call.exchange().put(Headers.RETRY_AFTER, "1");
    call.fail(new Problem(
        409, "under_way", "The first request with this " + KEY + " is still being kept"));
  }

  private static void tell(Call call, Once once, Runnable done) {
    switch (once) {
      case Once.Done now -> {
        done.run();
        answer(call, now.answer());
      }
      case Once.Before before -> {
        replayed(call);
        answer(call, before.answer());
      }
      case Once.Taken taken -> taken(call);
      case Once.UnderWay underWay -> underWay(call);
    }
  }

  private static void answer(Call call, Once.Answer answer) {
    call.exchange().answer(answer.status(), Headers.JSON, answer.body());
  }
}
