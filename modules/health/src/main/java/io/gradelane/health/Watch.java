package io.gradelane.health;

import io.gradelane.core.server.FleetMark;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerState;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Probes one server for as long as it is configured. At any time at most one question for its languages and one probe
 * run are under way; a run that takes long holds up no question.
 */
final class Watch {

  private final String id;
  private final Watching on;
  private Runnable timer = Watch::nothing;
  private @Nullable Future<Void> asking;
  private @Nullable Future<Void> running;
  private @Nullable Instant lastRun;

  /** What the pause until the next probe was worked out from; null if none is planned. */
  private @Nullable ServerState planned;

  private boolean wanted;
  private boolean stopped;

  Watch(String id, Watching on) {
    this.id = id;
    this.on = on;
  }

  private static void nothing() {}

  void stop() {
    stopped = true;
    timer.run();
  }

  /** Probes now, and then for as long as it is not stopped. */
  void begin() {
    ask();
  }

  /**
   * The map has changed. A server that is back at the start, by an operator's word or because it was taken out and put in
   * again, does not wait for the probe that was planned before.
   */
  void seen(ServerState state) {
    boolean underWay = asking != null || running != null;
    if (state instanceof ServerState.Unknown
        && !(planned instanceof ServerState.Unknown)
        && !underWay) {
      probe();
    }
  }

  /**
   * Probes now because an operator wants to know: a server that is down may come back before its ejection is over. Joins
   * a probe that is under way. Never fails.
   */
  Future<Void> probe() {
    wanted = true;
    return ask().compose(asked -> running == null ? Future.succeededFuture() : running);
  }

  /** A run has failed or worked there. The one that makes the server suspect has it probed at once. */
  void heard(Sign sign) {
    boolean was = isSuspect();
    on.book().apply(id, sign).onSuccess(after -> {
      if (!was && isSuspect()) {
        ask();
      }
    });
  }

  private boolean isSuspect() {
    return on.book().entry(id).map(ServerEntry::state).orElse(null) instanceof ServerState.Suspect;
  }

  private boolean isOnHost() {
    return on.book().entry(id).flatMap(entry -> FleetMark.of(entry.spec())).isPresent();
  }

  private Future<Void> ask() {
    if (asking != null) {
      return asking;
    }
    timer.run();
    Optional<ServerEntry> entry = on.book().entry(id);
    if (stopped || entry.isEmpty()) {
      return Future.succeededFuture();
    }
    long begun = on.meters().begin();
    Future<Void> asked = on.prober()
        .languages(entry.get().spec())
        .transform(answer -> {
          on.meters().ended(begun, id, "languages", answer.succeeded() ? "ok" : "failed");
          return answered(answer);
        })
        .transform(any -> {
          asking = null;
          plan();
          return Future.succeededFuture();
        });
    asking = asked.isComplete() ? null : asked;
    return asked;
  }

  private Future<?> answered(AsyncResult<Map<String, String>> answer) {
    if (answer.failed()) {
      wanted = false;
      String cause = "asked for its languages: " + Prober.word(answer.cause());
      return on.book().apply(id, new Sign.Silent(cause));
    }
    return on.book()
        .languages(id, answer.result())
        .compose(told -> on.book().apply(id, new Sign.Told()))
        .onSuccess(told -> told.ifPresent(this::runIfDue));
  }

  private void runIfDue(ServerEntry entry) {
    if (running != null || stopped) {
      return;
    }
    if (!isRunDue(entry.state())) {
      wanted = false;
      return;
    }
    long begun = on.meters().begin();
    Future<Void> ran = run(entry).transform(sign -> {
      running = null;
      return ran(begun, sign);
    });
    running = ran.isComplete() ? null : ran;
  }

  private boolean isRunDue(ServerState state) {
    boolean old = lastRun == null
        || Duration.between(lastRun, on.now()).compareTo(on.rules().runEvery()) >= 0;
    return on.judge().needsRun(state, on.book().track(id), on.now())
        || (state.grantable() && old)
        || (state instanceof ServerState.Down && wanted);
  }

  /** A server that takes no runs and has none in flight needs no permit, so it is back even without a dispatcher. */
  private Future<Optional<Sign>> run(ServerEntry entry) {
    return !entry.state().grantable() && on.isIdle(id)
        ? on.prober().runAlone(entry.spec(), entry.languages().keySet())
        : on.prober().runUnderPermit(entry.spec(), entry.languages().keySet());
  }

  private Future<Void> ran(long begun, AsyncResult<Optional<Sign>> result) {
    if (result.failed() || stopped) {
      return Future.succeededFuture();
    }
    Optional<Sign> sign = result.result();
    on.meters().ended(begun, id, "run", word(sign));
    return sign.isPresent() ? ran(sign.get()) : Future.succeededFuture();
  }

  private Future<Void> ran(Sign sign) {
    Sign judged = sign instanceof Sign.Ran ? new Sign.Ran(wanted, isOnHost()) : sign;
    wanted = false;
    lastRun = on.now();
    return on.book().apply(id, judged).map(after -> {
      plan();
      return null;
    });
  }

  private static String word(Optional<Sign> sign) {
    return sign.map(each -> each instanceof Sign.Ran ? "ok" : "failed").orElse("no_room");
  }

  /** Sets the time of the next probe by the state as it is now. */
  private void plan() {
    timer.run();
    Optional<ServerEntry> entry = on.book().entry(id);
    planned = entry.map(ServerEntry::state).orElse(null);
    if (!stopped && entry.isPresent()) {
      Duration pause = on.judge().pause(entry.get().state(), on.now());
      timer = on.timers().after(HealthRules.jittered(pause, on.random()), this::ask);
    }
  }
}
