package io.gradelane.api.v1;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.hooks.HookRules;
import io.gradelane.api.hooks.HookSignature;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.store.jobs.Delivery.State;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.NewWebhook;
import io.gradelane.store.jobs.Once;
import io.gradelane.store.jobs.Webhook;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/webhooks}: registered, listed, removed, given a new secret; what they were told, and once more. A tenant
 * sees its own.
 */
final class HookRooms {

  private static final String ALL = "/api/v1/webhooks";
  private static final String ONE = ALL + "/:webhook";
  private static final int MOST_AT_ONCE = 500;
  private static final int USUAL = 100;

  /** So long after a rotation deliveries are signed with both secrets. */
  private static final Duration OVERLAP = Duration.ofDays(1);

  private final JobDoor door;
  private final HookRules rules;
  private final SecureRandom random = new SecureRandom();

  HookRooms(JobDoor door, HookRules rules) {
    this.door = door;
    this.rules = rules;
  }

  List<Route> routes() {
    return List.of(
        route("POST", ALL, this::register),
        route("GET", ALL, HookRooms::list),
        route("DELETE", ONE, (call, store) -> hook(call, store, hook -> remove(call, store, hook))),
        route(
            "POST",
            ONE + "/rotate",
            (call, store) -> hook(call, store, hook -> rotate(call, store, hook))),
        route(
            "GET",
            ONE + "/deliveries",
            (call, store) -> hook(call, store, hook -> deliveries(call, store, hook))),
        route(
            "POST",
            ONE + "/deliveries/:delivery/replay",
            (call, store) -> hook(call, store, hook -> replay(call, store, hook))));
  }

  private Route route(String method, String path, BiConsumer<Call, JobStore> room) {
    return Route.of(
        method,
        path,
        Tenant.RUN,
        call -> door.store()
            .ifPresentOrElse(store -> room.accept(call, store), () -> away(call, null)));
  }

  private void register(Call call, JobStore store) {
    HookRequest.read(call, rules).ifPresent(read -> {
      UUID id = UUID.randomUUID();
      String secret = HookSignature.secret(random);
      NewWebhook made = new NewWebhook(id, call.tenant().name(), read.url(), secret, read.events());
      once(
          call,
          store,
          within -> within
              .webhooks()
              .add(made)
              .map(kept -> Sent.answer(201, HookJson.webhook(kept).put("secret", secret))));
    });
  }

  private static void list(Call call, JobStore store) {
    String tenant = call.tenant().has(Tenant.ADMIN) ? null : call.tenant().name();
    int size = size(call);
    parameter(call, "after")
        .ifPresent(after -> answer(
            call,
            store.webhooks().page(tenant, after.orElse(null), size),
            page -> call.answer(200, HookJson.webhooks(page, size))));
  }

  private static void remove(Call call, JobStore store, Webhook hook) {
    answer(
        call, store.webhooks().remove(hook.id()), gone -> call.answer(200, HookJson.webhook(hook)));
  }

  private void rotate(Call call, JobStore store, Webhook hook) {
    String secret = HookSignature.secret(random);
    once(
        call,
        store,
        within -> within
            .webhooks()
            .rotate(hook.id(), secret, OVERLAP)
            .map(done -> Sent.answer(200, HookJson.secret(hook.id(), secret))));
  }

  private static void deliveries(Call call, JobStore store, Webhook hook) {
    String word = call.exchange().request().getParam("state");
    Optional<State> state = state(word);
    if (word != null && state.isEmpty()) {
      call.fail(Problem.query("state", word, "one of waiting, delivered, dead"));
      return;
    }
    int size = size(call);
    parameter(call, "before")
        .ifPresent(before -> answer(
            call,
            store.deliveries().page(hook.id(), state.orElse(null), before.orElse(null), size),
            page -> call.answer(200, HookJson.deliveries(page, size))));
  }

  private static void replay(Call call, JobStore store, Webhook hook) {
    String text = call.element("delivery");
    once(
        call,
        store,
        within -> id(text)
            .map(delivery -> within.deliveries().replay(hook.id(), delivery))
            .orElseGet(() -> Future.succeededFuture(false))
            .compose(replayed -> replayed
                ? Future.succeededFuture(Sent.answer(202, new JsonObject().put("id", text)))
                : Future.failedFuture(new Sent.Refused(noSuch("delivery that is over")))));
  }

  /** Others' webhooks are not there. */
  private static void hook(Call call, JobStore store, Consumer<Webhook> room) {
    id(call.element("webhook"))
        .ifPresentOrElse(
            id -> answer(
                call,
                store.webhooks().find(id),
                found -> found
                    .filter(hook -> mayUse(call, hook))
                    .ifPresentOrElse(room, () -> unknown(call, "webhook"))),
            () -> unknown(call, "webhook"));
  }

  static boolean mayUse(Call call, Webhook hook) {
    return call.tenant().has(Tenant.ADMIN) || hook.tenant().equals(call.tenant().name());
  }

  static Optional<UUID> id(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** Empty after an answer; else what the parameter says, if it is there. */
  private static Optional<Optional<UUID>> parameter(Call call, String name) {
    String text = call.exchange().request().getParam(name);
    if (text == null) {
      return Optional.of(Optional.empty());
    }
    Optional<UUID> id = id(text);
    if (id.isEmpty()) {
      call.fail(Problem.query(name, text, "one that an earlier answer named"));
      return Optional.empty();
    }
    return Optional.of(id);
  }

  private static Optional<State> state(@Nullable String word) {
    return Arrays.stream(State.values())
        .filter(state -> state.word().equals(word))
        .findFirst();
  }

  private static int size(Call call) {
    String text = call.exchange().request().getParam("size");
    boolean number = text != null && text.matches("\\d{1,6}");
    return number ? Math.clamp(Integer.parseInt(text), 1, MOST_AT_ONCE) : USUAL;
  }

  private static void once(
      Call call, JobStore store, Function<JobStore, Future<Once.Answer>> work) {
    Sent.once(call, store, work, () -> {}, failure -> away(call, failure));
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
    call.fail(noSuch(what));
  }

  private static Problem noSuch(String what) {
    return new Problem(404, "not_found", "There is no such " + what);
  }
}
