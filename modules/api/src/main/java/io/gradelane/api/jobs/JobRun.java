package io.gradelane.api.jobs;

import io.gradelane.api.http.RunNote;
import io.gradelane.api.journey.Caller;
import io.gradelane.api.journey.Gate;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.core.job.AttemptEnding;
import io.gradelane.core.job.AttemptEnding.Lost;
import io.gradelane.core.job.AttemptEnding.Ran;
import io.gradelane.core.job.AttemptEnding.Refused;
import io.gradelane.core.job.AttemptEnding.Rejected;
import io.gradelane.jobe.wire.JobeAnswer;
import io.gradelane.jobe.wire.RunResult;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.Jobs.Claimed;
import io.gradelane.store.jobs.Jobs.Found;
import io.gradelane.store.jobs.Origin;
import io.gradelane.store.jobs.Results.Known;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One job under way: the caller of its run. It claims the job when its run is granted, and tells the engine once how that
 * ended. Belongs to the engine's context.
 */
final class JobRun implements Caller, Gate {

  private static final Pattern OUTCOME = Pattern.compile("\\d{1,4}");

  private final JobEngine engine;
  private final OpenBatch batch;
  private final Found job;
  private final String lane;
  private @Nullable Claimed claimed;
  private @Nullable RunNote note;
  private @Nullable Runnable onGone;
  private boolean granted;
  private @Nullable Origin origin;
  private @Nullable Buffer digest;
  private String server = "";
  private long started;
  private boolean over;

  /** @param lane that it is asked for in */
  JobRun(JobEngine engine, OpenBatch batch, Found job, String lane) {
    this.engine = engine;
    this.batch = batch;
    this.job = job;
    this.lane = lane;
  }

  String lane() {
    return lane;
  }

  Found job() {
    return job;
  }

  OpenBatch batch() {
    return batch;
  }

  /** Whether it has had a grant. */
  boolean isGranted() {
    return granted;
  }

  @Override
  public Future<Boolean> enter(String on) {
    server = on;
    if (!granted) {
      granted = true;
      engine.granted(this);
    }
    if (claimed != null) {
      return Future.succeededFuture(true);
    }
    return engine.claim(job, on).map(this::begin).onComplete(entered -> {
      if (entered.failed()) {
        notClaimed(entered.cause());
      } else if (!entered.result()) {
        leave();
      }
    });
  }

  private void notClaimed(Throwable cause) {
    boolean withdrawn = over;
    over = true;
    engine.notClaimed(this, withdrawn, cause);
  }

  /** One that was withdrawn while its claim was under way is handed back as it was. */
  private boolean begin(Optional<Claimed> answer) {
    if (over) {
      answer.ifPresent(late -> engine.handBack(attempt(late, new Refused(), null)));
      return false;
    }
    claimed = answer.orElse(null);
    started = engine.now();
    if (claimed != null) {
      engine.began(this);
    }
    return claimed != null;
  }

  /** Nothing of it starts any more, if it has not started yet. */
  void withdraw() {
    if (claimed == null && !over) {
      leave();
      batch.giveBack(job);
      if (onGone != null) {
        onGone.run();
      }
    }
  }

  /** Its result is known: it ends without a permit. */
  void recall(Known known) {
    origin = known.origin();
    server = known.server();
    answer(new JobeAnswer(200, null, known.result()));
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public void onGone(Runnable listener) {
    onGone = listener;
  }

  @Override
  public void note(RunNote told) {
    note = told;
  }

  @Override
  public void answer(JobeAnswer answer) {
    Buffer body = answer.body() == null ? Buffer.buffer() : answer.body();
    OptionalInt outcome = answer.status() == 200 ? outcome(body) : OptionalInt.empty();
    AttemptEnding ending = outcome.isPresent()
        ? new Ran(outcome.getAsInt())
        : new Rejected("status " + answer.status());
    digest =
        outcome.isPresent() && origin == null && !over ? engine.digest(this, server, body) : null;
    end(ending, body);
  }

  /** As the journey has read it, if it has. */
  private OptionalInt outcome(Buffer body) {
    if (note != null && OUTCOME.matcher(note.outcome()).matches()) {
      return OptionalInt.of(Integer.parseInt(note.outcome()));
    }
    return RunResult.parse(body).stream().mapToInt(RunResult::outcome).findFirst();
  }

  @Override
  public void refuse(Refusal reason, String text) {
    end(new Refused(), null);
  }

  @Override
  public void crash(Throwable cause) {
    end(new Lost(cause.getClass().getSimpleName()), null);
  }

  /** What was answered before anything was granted is claimed now, so that it can be kept. */
  private void end(AttemptEnding ending, @Nullable Buffer result) {
    if (over) {
      return;
    }
    over = true;
    if (claimed != null) {
      engine.ended(this, claimed, attempt(claimed, ending, result));
    } else if (ending instanceof Refused || ending instanceof Lost) {
      engine.notStarted(this);
    } else {
      engine.claim(job, server).onComplete(answer -> {
        if (answer.failed()) {
          engine.notClaimed(this, false, answer.cause());
        } else if (answer.result().isPresent()) {
          Claimed late = answer.result().get();
          engine.began(this);
          engine.ended(this, late, attempt(late, ending, result));
        } else {
          engine.left(this);
        }
      });
    }
  }

  private EndedAttempt attempt(Claimed mine, AttemptEnding ending, @Nullable Buffer result) {
    int waited = note == null ? 0 : (int) Math.min(Integer.MAX_VALUE, note.waitedMillis());
    int ran = started == 0 ? 0 : (int) (engine.now() - started);
    return new EndedAttempt(
        mine.claim(),
        ending,
        engine.next(mine, server, ending),
        new EndedAttempt.Where(
            server,
            waited,
            ran,
            note == null ? 0 : note.serverLoad(),
            note == null ? 0 : note.serverSlots()),
        result,
        origin,
        digest);
  }

  private void leave() {
    if (!over) {
      over = true;
      engine.left(this);
    }
  }
}
