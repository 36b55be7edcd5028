package io.gradelane.api.journey;

import io.gradelane.api.http.RunNote;
import io.gradelane.api.journey.Visit.Parcel;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.jobe.client.JobeReply;
import io.gradelane.jobe.wire.JobeAnswer;
import io.gradelane.jobe.wire.JobeAnswers;
import io.gradelane.jobe.wire.Replies.Reply;
import io.gradelane.jobe.wire.Verdict;
import io.gradelane.store.runs.RunRecord;
import io.gradelane.store.runs.RunRecord.State;
import io.vertx.core.AsyncResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run from its first want to its answer. It asks for a permit, visits the server, gives the permit back, and goes on
 * elsewhere if the server and not the run was at fault.
 *
 * <p>A caller who goes away ends the waiting at once, but not a visit: inside Jobe the run goes on, so its permit is kept
 * until the answer comes.
 */
final class Trip {

  /** Most servers that are tried, so that a run which kills servers kills few. */
  private static final int MAX_ATTEMPTS = 4;

  /** The status that is written down for a caller who went away before there was an answer. */
  private static final int GONE = 499;

  private final RunJourney journey;
  private final JourneyPorts ports;
  private final RunOrder order;
  private final Caller caller;
  private final Program program;
  private final RunId run;
  private final Parcel parcel;
  private final @Nullable String stickyKey;
  private final long patienceMillis;

  private final long began;
  private final List<String> servers = new ArrayList<>();
  private final Set<String> excluded = new HashSet<>();
  private int attempt = 1;
  private boolean waiting;
  private boolean quiet;
  private boolean doubted;
  private String doubt = "";
  private int serverLoad;
  private int serverSlots;
  private long waitedMillis;
  private Decision.@Nullable Granted held;
  private @Nullable String faultyServer;
  private @Nullable JobeReply faultyReply;

  Trip(
      RunJourney journey,
      RunOrder order,
      Program program,
      RunId run,
      Parcel parcel,
      long patienceMillis) {
    this.journey = journey;
    this.ports = journey.ports();
    this.order = order;
    this.caller = order.caller();
    this.program = program;
    this.run = run;
    this.parcel = parcel;
    this.patienceMillis = patienceMillis;
    this.began = ports.nanos().getAsLong();
    String jobId = parcel.context().jobId();
    stickyKey = jobId == null ? null : order.tenant().name() + ' ' + jobId;
  }

  void begin() {
    caller.onGone(this::callerHasGone);
    ask();
  }

  private void ask() {
    waiting = true;
    ports.permits().want(want()).onComplete(journey.guarded(this, this::decided));
  }

  private Want want() {
    return new Want(
        run,
        attempt,
        order.lane().name(),
        order.tenant().name(),
        order.user(),
        program.language(),
        stickyKey,
        parcel.files().fingerprint(),
        journey.costs().guess(program.language()),
        waitedMillis,
        patienceMillis,
        parcel.timeout().toMillis(),
        quiet,
        excluded,
        null);
  }

  /** Bytes that it carries. */
  int weight() {
    return parcel.body().length();
  }

  private void callerHasGone() {
    note("gone");
    if (waiting) {
      ports.permits().cancel(run);
    }
  }

  private void decided(AsyncResult<Decision> answer) {
    waiting = false;
    if (answer.failed()) {
      crash(answer.cause());
      return;
    }
    switch (answer.result()) {
      case Decision.Granted granted -> granted(granted);
      case Decision.Refused refused -> refused(refused.reason(), refused.text());
      case Decision.Believed believed ->
        crash(new IllegalStateException("nothing was doubted, yet " + believed));
    }
  }

  private void granted(Decision.Granted granted) {
    held = granted;
    waitedMillis = granted.waitedMillis();
    ServerEntry entry = ports.servers().snapshot().get(granted.server());
    if (caller.isOver()) {
      done(granted, Ending.UNUSED, 0);
      gone();
    } else if (entry == null) {
      done(granted, Ending.UNUSED, 0);
      elsewhere(granted.server(), "unknown_server");
    } else {
      enter(granted, entry);
    }
  }

  private void enter(Decision.Granted granted, ServerEntry entry) {
    order.gate().enter(entry.id()).onComplete(journey.guarded(this, passed -> {
      if (passed.succeeded() && passed.result()) {
        visit(granted, entry);
      } else {
        done(granted, Ending.UNUSED, 0);
        gone();
      }
    }));
  }

  private void visit(Decision.Granted granted, ServerEntry entry) {
    servers.add(entry.id());
    serverLoad = granted.serverLoad();
    serverSlots = granted.serverSlots();
    new Visit(ports.client(), ports.files(), ports.nanos(), entry.spec(), parcel)
        .make()
        .onComplete(journey.guarded(this, result -> {
          if (result.succeeded()) {
            heard(granted, result.result());
          } else {
            filesGone(granted, result.cause());
          }
        }));
  }

  private void filesGone(Decision.Granted granted, Throwable cause) {
    done(granted, Ending.OK, 0);
    if (cause instanceof FilesGone) {
      answer(JobeAnswers.missingFiles(), "files_missing");
    } else {
      crash(cause);
    }
  }

  private void heard(Decision.Granted granted, Heard heard) {
    ports
        .meters()
        .took(order.lane().name(), ports.languages().label(program.language()), heard.millis());
    switch (heard.reply()) {
      case Reply.Answer answer -> judge(granted, heard, answer);
      case Reply.ClientMistake mistake -> {
        done(granted, Ending.OK, heard.millis());
        answer(mistake.answer(), "client_mistake");
      }
      case Reply.Refused refused -> failed(granted, heard, Ending.REFUSED, "overload");
      case Reply.MissingFiles missing -> failed(granted, heard, Ending.LOST, "forgets_files");
      case Reply.Denied denied -> failed(granted, heard, Ending.LOST, "denied");
      case Reply.Lost lost -> failed(granted, heard, Ending.LOST, lost.cause());
    }
  }

  /** The server and not the run was at fault. */
  private void failed(Decision.Granted granted, Heard heard, Ending ending, String cause) {
    done(granted, ending, heard.millis());
    boolean blamed = heard.reply() instanceof Reply.Denied;
    journey.witness().bad(granted.server(), ending, blamed, cause);
    if (ending == Ending.REFUSED) {
      waitedMillis += heard.millis();
    }
    elsewhere(granted.server(), ending == Ending.REFUSED ? "refused" : "lost");
  }

  private void elsewhere(String failedServer, String reason) {
    excluded.add(failedServer);
    if (caller.isOver()) {
      gone();
    } else if (servers.size() >= MAX_ATTEMPTS) {
      refused(Refusal.RETRY_BUDGET, MAX_ATTEMPTS + " servers were tried");
    } else {
      ports.meters().retried(reason);
      attempt++;
      ask();
    }
  }

  private void judge(Decision.Granted granted, Heard heard, Reply.Answer answer) {
    JobeReply raw = Objects.requireNonNull(heard.raw());
    journey.costs().learn(program.language(), heard.millis());
    switch (Verdict.of(answer.result(), program.cpuSeconds(), raw.millis())) {
      case Verdict.Overload overload -> failed(granted, heard, Ending.REFUSED, "overload");
      case Verdict.Plain plain -> believe(granted, heard, answer);
      case Verdict.Doubtful doubtful -> {
        if (doubted || caller.isOver()) {
          believe(granted, heard, answer);
        } else {
          doubt(granted, heard, answer);
        }
      }
      case Verdict.ServerFault fault -> faulty(granted, heard, answer);
    }
  }

  private void believe(Decision.Granted granted, Heard heard, Reply.Answer answer) {
    done(granted, Ending.OK, heard.millis());
    journey.witness().good(granted.server());
    if (faultyServer != null) {
      journey.witness().succeededElsewhere(faultyServer);
    }
    passOn(Objects.requireNonNull(heard.raw()), Integer.toString(answer.result().outcome()));
  }

  private void faulty(Decision.Granted granted, Heard heard, Reply.Answer answer) {
    done(granted, Ending.OK, heard.millis());
    ports.meters().serverFault(granted.server());
    journey.witness().fault(granted.server(), program.fingerprint());
    JobeReply raw = Objects.requireNonNull(heard.raw());
    if (faultyServer != null) {
      passOn(raw, Integer.toString(answer.result().outcome()));
      return;
    }
    faultyServer = granted.server();
    faultyReply = raw;
    elsewhere(granted.server(), "server_fault");
  }

  private void doubt(Decision.Granted granted, Heard heard, Reply.Answer answer) {
    held = null;
    doubted = true;
    quiet = true;
    attempt++;
    waiting = true;
    ports
        .permits()
        .doubt(granted.permit(), heard.millis(), want())
        .onComplete(journey.guarded(this, decision -> resolved(decision, heard, answer)));
  }

  private void resolved(AsyncResult<Decision> decision, Heard heard, Reply.Answer answer) {
    if (decision.succeeded() && decision.result() instanceof Decision.Believed) {
      waiting = false;
      doubt("believed");
      passOn(
          Objects.requireNonNull(heard.raw()), Integer.toString(answer.result().outcome()));
      return;
    }
    boolean again = decision.succeeded() && decision.result() instanceof Decision.Granted;
    doubt(again ? "again" : "refused");
    decided(decision);
  }

  private void doubt(String result) {
    doubt = result;
    ports.meters().doubted(result);
  }

  private void refused(Refusal reason, String text) {
    if (caller.isOver()) {
      gone();
    } else if (reason == Refusal.NO_SERVER && faultyReply != null) {
      passOn(faultyReply, "server_fault");
    } else {
      note("21");
      end(State.REFUSED, "21", 200);
      caller.refuse(reason, text);
    }
  }

  /** What the server said, untouched. */
  private void passOn(JobeReply raw, String outcome) {
    answer(new JobeAnswer(raw.status(), raw.contentType(), raw.body()), outcome);
  }

  private void answer(JobeAnswer answer, String outcome) {
    note(outcome);
    boolean over = caller.isOver();
    end(over ? State.GONE : State.ANSWERED, outcome, over ? GONE : answer.status());
    caller.answer(answer);
  }

  private void gone() {
    end(State.GONE, "gone", GONE);
  }

  /** Nothing waits for it any more, and it holds no permit. */
  private void end(State state, String outcome, int status) {
    ports.meters().waited(order.lane().name(), waitedMillis);
    journey.ended(this, record(state, outcome, status));
  }

  private RunRecord record(State state, String outcome, int status) {
    return new RunRecord(
        run,
        order.context().requestId(),
        order.tenant().name(),
        order.lane().name(),
        program.language(),
        ports.logbook().node(),
        state,
        outcome,
        status,
        (int) Math.min(Integer.MAX_VALUE, waitedMillis),
        (int) ((ports.nanos().getAsLong() - began) / 1_000_000),
        servers,
        serverLoad,
        serverSlots,
        doubt);
  }

  /** Whatever it holds is given back, as if its server could not be trusted to have ended. */
  void crash(Throwable cause) {
    if (held != null) {
      done(held, Ending.LOST, 0);
    }
    note("crashed");
    caller.crash(cause);
    end(State.CRASHED, "crashed", 500);
  }

  private void done(Decision.Granted granted, Ending ending, int millis) {
    held = null;
    ports.permits().done(run, granted.permit(), ending, millis);
  }

  private void note(String outcome) {
    caller.note(new RunNote(
        run,
        order.lane().name(),
        order.tenant().name(),
        servers.isEmpty() ? null : servers.getLast(),
        servers.size(),
        outcome,
        waitedMillis,
        serverLoad,
        serverSlots));
  }
}
