package io.gradelane.api.v1;

import io.gradelane.core.job.AttemptEnding.Ran;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.JobState.Dead;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.core.job.Reuse;
import io.gradelane.store.jobs.Attempt;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.BatchEvent;
import io.gradelane.store.jobs.EventCursor;
import io.gradelane.store.jobs.JobView;
import io.gradelane.store.jobs.Origin;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Batches, jobs and events as JSON. */
public final class JobJson {

  /** The words of states. */
  static final List<String> STATES = List.of("waiting", "running", "finished", "dead", "cancelled");

  private JobJson() {}

  public static JsonObject batch(Batch batch) {
    BatchControl control = batch.control();
    return new JsonObject()
        .put("id", batch.id().toString())
        .put("name", batch.name())
        .put("tenant", batch.tenant())
        .put("lane", control.lane())
        .put("priority", control.priority())
        .put("paused", control.paused())
        .put("sample", control.upTo() == BatchControl.ALL ? null : control.upTo())
        .put(
            "notBefore",
            control.notBefore() == null ? null : control.notBefore().toString())
        .put("stopPercent", control.stop() == null ? null : control.stop().percent())
        .put("cancelled", control.cancelled())
        .put("version", control.version())
        .put(
            "progress",
            new JsonObject()
                .put("total", batch.progress().total())
                .put("left", batch.progress().left())
                .put("finished", batch.progress().finished())
                .put("dead", batch.progress().dead())
                .put("cancelled", batch.progress().cancelled())
                .put("lost", batch.progress().lost())
                .put("cached", batch.progress().cached()))
        .put("cache", reuse(batch.reuse()))
        .put("sampleHasEnded", control.sampleHasEnded(batch.progress()))
        .put("createdAt", batch.createdAt().toString())
        .put("endedAt", batch.endedAt() == null ? null : batch.endedAt().toString());
  }

  /** As it is said when it is submitted. */
  private static Object reuse(Reuse reuse) {
    return reuse == Reuse.REFRESH ? reuse.word() : (Object) (reuse == Reuse.KNOWN);
  }

  static JsonObject job(JobView job) {
    JsonObject json = new JsonObject()
        .put("id", job.id().toString())
        .put("batch", job.id().batch().toString())
        .put("ref", job.ref())
        .put("state", job.state().word())
        .put("attempts", job.state().attempts());
    if (job.erased()) {
      json.put("erased", true);
    }
    if (job.state() instanceof Finished finished) {
      json.put("outcome", finished.outcome());
    }
    if (job.state() instanceof Dead dead) {
      json.put("reason", dead.reason());
    }
    Attempt last = job.last();
    if (last != null && last.origin() != null) {
      json.put("cached", origin(last.origin()));
    }
    return last == null ? json : json.put("result", result(last.result()));
  }

  static JsonObject job(JobView job, List<Attempt> attempts) {
    JsonArray history = new JsonArray();
    attempts.forEach(attempt -> history.add(attempt(attempt)));
    return job(job).put("history", history);
  }

  private static JsonObject origin(Origin origin) {
    return new JsonObject().put("job", origin.job().toString()).put("attempt", origin.attempt());
  }

  private static JsonObject attempt(Attempt attempt) {
    JsonObject json = new JsonObject()
        .put("number", attempt.claim().attempt())
        .put("ending", attempt.ending().word())
        .put("reason", attempt.ending().reason())
        .put("server", attempt.where().server())
        .put("node", attempt.node())
        .put("waited", attempt.where().waitedMillis() / 1000.0)
        .put("ran", attempt.where().ranMillis() / 1000.0)
        .put("load", attempt.where().serverLoad())
        .put("slots", attempt.where().serverSlots())
        .put("claimedAt", attempt.claimedAt().toString())
        .put("endedAt", attempt.endedAt().toString());
    Origin origin = attempt.origin();
    if (origin != null) {
      json.put("cached", origin(origin));
    }
    return attempt.ending() instanceof Ran ran ? json.put("outcome", ran.outcome()) : json;
  }

  /** The server's answer; what is no JSON is given as text. */
  static @Nullable Object result(@Nullable Buffer result) {
    if (result == null || result.length() == 0) {
      return null;
    }
    try {
      return result.toJsonValue();
    } catch (DecodeException plain) {
      return result.toString();
    }
  }

  static JsonObject events(List<BatchEvent> events, EventCursor from) {
    JsonArray all = new JsonArray();
    EventCursor cursor = from;
    for (BatchEvent event : events) {
      cursor = cursor.after(event);
      all.add(event(event).put("cursor", cursor.toString()));
    }
    return new JsonObject().put("events", all).put("cursor", cursor.toString());
  }

  private static JsonObject event(BatchEvent event) {
    JsonArray jobs = new JsonArray();
    event
        .jobs()
        .forEach(job -> jobs.add(new JsonObject()
            .put("job", event.batch().job(job.sequence()).toString())
            .put("state", job.state())));
    return new JsonObject()
        .put("kind", event.kind().name().toLowerCase(Locale.ROOT))
        .put("at", event.at().toString())
        .put("detail", event.detail())
        .put("jobs", jobs);
  }
}
