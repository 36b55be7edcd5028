package io.gradelane.api.v1;

import io.gradelane.api.access.LaneBook;
import io.gradelane.api.hooks.HookRules;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.Reuse;
import io.gradelane.core.job.StopRule;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.store.jobs.NewJob;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The bodies that submit jobs: {@code {"lane", "name", "template", "sample", "stopPercent", "priority", "paused", "jobs":
 * [{"ref", "run_spec"}, …]}} for a batch, {@code {"lane", "ref", "run_spec"}} for a single job. Read aside from the event
 * loop: a great one takes a while.
 */
final class Submitting {

  private static final int MOST_JOBS = 100_000;
  private static final int FIRST_GUESS_MILLIS = 500;
  private static final int MOST_WORDS = 200;

  private final Vertx vertx;
  private final LaneBook lanes;
  private final HookRules hooks;

  /** What was read. */
  record Read(
      String name,
      @Nullable Buffer template,
      BatchControl control,
      List<NewJob> jobs,
      HookWish hook,
      Reuse reuse) {}

  /** What is wrong with a body. */
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final transient Problem problem;

    Wrong(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }

    static Wrong at(String pointer, @Nullable Object found, String expected) {
      return new Wrong(Problem.invalid(pointer, found + " (expected: " + expected + ")"));
    }
  }

  Submitting(Vertx vertx, LaneBook lanes, HookRules hooks) {
    this.vertx = vertx;
    this.lanes = lanes;
    this.hooks = hooks;
  }

  /** Empty after an answer that says what is wrong. */
  Future<Optional<Read>> batch(Call call) {
    return aside(call, () -> readBatch(call));
  }

  Future<Optional<Read>> job(Call call) {
    return aside(call, () -> readJob(call));
  }

  private Future<Optional<Read>> aside(Call call, Callable<Read> reading) {
    return vertx.executeBlocking(reading, false).map(Optional::of).recover(failure -> {
      if (failure instanceof Wrong wrong) {
        call.fail(wrong.problem);
      } else {
        call.exchange().crash(failure);
      }
      return Future.succeededFuture(Optional.empty());
    });
  }

  private Read readBatch(Call call) {
    JsonObject body = object(call);
    JsonObject template = objectOrNull(body, "template");
    if (!(body.getValue("jobs") instanceof JsonArray list)
        || list.isEmpty()
        || list.size() > MOST_JOBS) {
      throw Wrong.at("/jobs", kind(body.getValue("jobs")), "a list of 1 to " + MOST_JOBS);
    }
    List<NewJob> jobs = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      jobs.add(newJob(list.getValue(i), template, "/jobs/" + i));
    }
    Buffer shared = template == null ? null : template.toBuffer();
    BatchControl control = control(call, body, list.size());
    return new Read(text(body, "name", "batch"), shared, control, jobs, hook(body), reuse(body));
  }

  private Read readJob(Call call) {
    JsonObject body = object(call);
    NewJob job = newJob(body, null, "");
    BatchControl control = control(call, body, 1);
    String name = text(body, "ref", "job");
    return new Read(name, null, control, List.of(job), hook(body), reuse(body));
  }

  private HookWish hook(JsonObject body) {
    List<Problem.Wrong> wrong = new ArrayList<>();
    HookWish wish = HookWish.read(body, hooks, wrong);
    refuse(wrong);
    return wish;
  }

  private static Reuse reuse(JsonObject body) {
    List<Problem.Wrong> wrong = new ArrayList<>();
    Reuse reuse = ReuseWish.read(body, wrong);
    refuse(wrong);
    return reuse;
  }

  private static void refuse(List<Problem.Wrong> wrong) {
    if (!wrong.isEmpty()) {
      throw new Wrong(new Problem(422, "invalid", "The body is not as expected", wrong));
    }
  }

  private BatchControl control(Call call, JsonObject body, int jobs) {
    BatchControl control = BatchControl.in(lane(call, body).name());
    Integer sample = number(body, "sample", 1, jobs);
    Integer stop = number(body, "stopPercent", 0, 99);
    Integer priority = number(body, "priority", -1000, 1000);
    control = sample == null ? control : control.sample(sample);
    control = stop == null ? control : control.withStop(new StopRule(stop));
    control = priority == null ? control : control.withPriority(priority);
    control = Boolean.TRUE.equals(flag(body, "paused")) ? control.pause("from its start") : control;
    return control.withVersion(1);
  }

  private LaneSpec lane(Call call, JsonObject body) {
    Object wish = body.getValue("lane");
    if (wish == null) {
      return lanes.choose(call.tenant(), null, null);
    }
    LaneSpec lane = wish instanceof String name ? lanes.find(name) : null;
    if (lane == null) {
      throw Wrong.at("/lane", "'" + wish + "'", "a lane of this pool");
    }
    if (!call.tenant().mayUse(lane.name())) {
      throw new Wrong(new Problem(
          403, "lane_not_allowed", "This key may not use the lane '" + lane.name() + "'"));
    }
    return lane;
  }

  private static NewJob newJob(@Nullable Object value, @Nullable JsonObject template, String at) {
    if (!(value instanceof JsonObject job)
        || !(job.getValue("run_spec", template == null ? null : new JsonObject())
            instanceof JsonObject spec)) {
      throw Wrong.at(at, kind(value), "an object with a run_spec");
    }
    Object language =
        spec.getValue("language_id", template == null ? null : template.getValue("language_id"));
    if (!(language instanceof String id)) {
      throw Wrong.at(at + "/run_spec/language_id", language, "a string");
    }
    Object ref = job.getValue("ref", "");
    if (!(ref instanceof String name) || name.length() > MOST_WORDS || name.indexOf(0) >= 0) {
      throw Wrong.at(at + "/ref", kind(ref), "a string of at most " + MOST_WORDS + " characters");
    }
    return new NewJob(name, id.replace("\0", ""), FIRST_GUESS_MILLIS, spec.toBuffer());
  }

  private static JsonObject object(Call call) {
    try {
      return new JsonObject(call.body());
    } catch (DecodeException | ClassCastException malformed) {
      throw new Wrong(new Problem(400, "malformed", "The body is not a JSON object"));
    }
  }

  private static @Nullable JsonObject objectOrNull(JsonObject body, String key) {
    Object value = body.getValue(key);
    if (value == null || value instanceof JsonObject) {
      return (JsonObject) value;
    }
    throw Wrong.at("/" + key, kind(value), "an object");
  }

  private static String text(JsonObject body, String key, String fallback) {
    Object value = body.getValue(key, fallback);
    if (!(value instanceof String text) || text.length() > MOST_WORDS || text.indexOf(0) >= 0) {
      throw Wrong.at("/" + key, kind(value), "a string of at most " + MOST_WORDS + " characters");
    }
    return text;
  }

  private static @Nullable Integer number(JsonObject body, String key, int least, int most) {
    Object value = body.getValue(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Integer number) || number < least || number > most) {
      throw Wrong.at("/" + key, value, "a whole number from " + least + " to " + most);
    }
    return number;
  }

  private static @Nullable Boolean flag(JsonObject body, String key) {
    Object value = body.getValue(key);
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    throw Wrong.at("/" + key, value, "true or false");
  }

  private static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case JsonArray list -> list.size() + " items";
      case JsonObject object -> "an object";
      case String text -> text.length() > 40 ? text.length() + " characters" : "'" + text + "'";
      default -> value.toString();
    };
  }
}
