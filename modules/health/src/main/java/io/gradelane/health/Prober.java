package io.gradelane.health;

import io.gradelane.bus.Permits;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.Outcome;
import io.gradelane.core.run.RunId;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.jobe.client.CallContext;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.jobe.client.JobeLost;
import io.gradelane.jobe.client.JobeReply;
import io.gradelane.jobe.wire.RunResult;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Asks servers how they are. */
final class Prober {

  /** A probe run is worth no wait behind students: it is tried again with the next probe. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  /** A dispatcher that is not there refuses nothing, so somebody must give up waiting for it. */
  private static final Duration GIVE_UP = Duration.ofSeconds(2);

  private static final int COST_MILLIS = 200;
  private static final String TENANT = "_probe";

  /** How a run ended, for its permit, and what that says of the server: nothing where it had no room. */
  private record Ran(Ending ending, Optional<Sign> sign) {}

  private final JobeClient client;
  private final Permits permits;
  private final HealthRules rules;
  private final Timers timers;
  private final InstantSource clock;
  private final RandomGenerator random;

  Prober(
      JobeClient client,
      Permits permits,
      HealthRules rules,
      Timers timers,
      InstantSource clock,
      RandomGenerator random) {
    this.client = client;
    this.permits = permits;
    this.rules = rules;
    this.timers = timers;
    this.clock = clock;
    this.random = random;
  }

  /** Language id to version. A reset may only mean that the server closed an idle connection, so it counts twice. */
  Future<Map<String, String>> languages(ServerSpec server) {
    return client
        .languages(server, rules.timeout())
        .recover(lost -> word(lost).equals(JobeLost.RESET)
            ? client.languages(server, rules.timeout())
            : Future.failedFuture(lost));
  }

  /**
   * Runs a tiny program there, under a permit.
   *
   * @return empty if there was no room for it
   */
  Future<Optional<Sign>> runUnderPermit(ServerSpec server, Set<String> languages) {
    return ProbeProgram.fit(languages)
        .map(program -> ask(server, program))
        .orElseGet(Prober::nothingToRun);
  }

  /** Runs a tiny program there without asking anybody: only for a server that nobody uses. */
  Future<Optional<Sign>> runAlone(ServerSpec server, Set<String> languages) {
    return ProbeProgram.fit(languages)
        .map(program -> post(server, program, nextId()).map(Ran::sign))
        .orElseGet(Prober::nothingToRun);
  }

  private static Future<Optional<Sign>> nothingToRun() {
    return Future.succeededFuture(Optional.of(new Sign.Ran(false, false)));
  }

  private RunId nextId() {
    return RunId.next(clock.millis(), random);
  }

  private Future<Optional<Sign>> ask(ServerSpec server, ProbeProgram program) {
    RunId run = nextId();
    Runnable cancel = timers.after(PATIENCE.plus(GIVE_UP), () -> permits.cancel(run));
    return permits
        .want(want(run, server, program))
        .onComplete(any -> cancel.run())
        .compose(decision -> decision instanceof Decision.Granted granted
            ? runUnder(granted, server, program)
            : Future.succeededFuture(Optional.empty()));
  }

  private static Want want(RunId run, ServerSpec server, ProbeProgram program) {
    return new Want(
        run,
        1,
        Want.PROBE_LANE,
        TENANT,
        "",
        program.language(),
        null,
        0,
        COST_MILLIS,
        0,
        PATIENCE.toMillis(),
        false,
        Set.of(),
        server.id());
  }

  private Future<Optional<Sign>> runUnder(
      Decision.Granted granted, ServerSpec server, ProbeProgram program) {
    long started = clock.millis();
    return post(server, program, granted.run()).map(ran -> {
      int millis = (int) Math.max(0, clock.millis() - started);
      permits.done(granted.run(), granted.permit(), ran.ending, millis);
      return ran.sign;
    });
  }

  private Future<Ran> post(ServerSpec server, ProbeProgram program, RunId run) {
    return client
        .run(server, program.body(), CallContext.of(run.toString()), rules.runTimeout())
        .transform(result -> Future.succeededFuture(judge(result)));
  }

  private static Ran judge(AsyncResult<JobeReply> result) {
    return result.succeeded() ? judge(result.result()) : lost(result.cause());
  }

  private static Ran lost(Throwable cause) {
    boolean sent = !(cause instanceof JobeLost lost) || lost.sent();
    return new Ran(
        sent ? Ending.LOST : Ending.UNUSED, wrong("a probe run was lost: " + word(cause)));
  }

  private static Ran judge(JobeReply reply) {
    if (reply.status() != 200) {
      return new Ran(Ending.OK, wrong("a probe run was answered with status " + reply.status()));
    }
    Optional<RunResult> result = RunResult.parse(reply.body());
    if (result.isEmpty()) {
      return new Ran(
          Ending.OK, wrong("a probe run was answered with something else than a result"));
    }
    int outcome = result.get().outcome();
    if (outcome == Outcome.OVERLOAD) {
      return new Ran(Ending.REFUSED, Optional.empty());
    }
    return new Ran(
        Ending.OK,
        ProbeProgram.isRight(result.get())
            ? Optional.of(new Sign.Ran(false, false))
            : wrong("a probe run gave a wrong answer with outcome " + outcome));
  }

  private static Optional<Sign> wrong(String cause) {
    return Optional.of(new Sign.RanWrong(cause));
  }

  /** What went wrong, for people. */
  static String word(Throwable cause) {
    return cause instanceof JobeLost lost ? lost.word() : cause.getClass().getSimpleName();
  }
}
