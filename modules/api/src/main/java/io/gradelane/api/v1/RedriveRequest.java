package io.gradelane.api.v1;

import io.gradelane.api.v1.Problem.Wrong;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.JobFilter;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST …/redrive}, if it has one: which of the dead jobs, by any of {@code {"jobs": [ids], "reason": "a
 * text in it", "refPrefix": "what it begins with"}}. All that is said must hold.
 *
 * @param jobs empty for all
 */
record RedriveRequest(Set<JobId> jobs, JobFilter filter) {

  private static final RedriveRequest ALL = new RedriveRequest(Set.of(), JobFilter.ALL);

  /** Empty after an answer that says everything that is wrong. */
  static Optional<RedriveRequest> read(Call call, BatchId batch) {
    if (call.body().length() == 0) {
      return Optional.of(ALL);
    }
    JsonObject body;
    try {
      body = new JsonObject(call.body());
    } catch (DecodeException | ClassCastException malformed) {
      call.fail(new Problem(400, "malformed", "The body is not a JSON object"));
      return Optional.empty();
    }
    List<Wrong> wrong = new ArrayList<>();
    RedriveRequest request = read(body, batch, wrong);
    if (wrong.isEmpty()) {
      return Optional.of(request);
    }
    call.fail(new Problem(422, "invalid", "The body is not as expected", wrong));
    return Optional.empty();
  }

  private static RedriveRequest read(JsonObject body, BatchId batch, List<Wrong> wrong) {
    Set<JobId> jobs = new HashSet<>();
    String reason = null;
    String prefix = null;
    for (Map.Entry<String, @Nullable Object> entry : body.getMap().entrySet()) {
      String key = entry.getKey();
      switch (key) {
        case "jobs" -> jobs.addAll(jobs(body.getValue(key), batch, wrong));
        case "reason" -> reason = text(key, entry.getValue(), wrong);
        case "refPrefix" -> prefix = text(key, entry.getValue(), wrong);
        default -> wrong.add(new Wrong("/" + key, "unknown (expected: jobs, reason or refPrefix)"));
      }
    }
    return new RedriveRequest(jobs, new JobFilter("dead", reason, prefix));
  }

  private static Set<JobId> jobs(@Nullable Object value, BatchId batch, List<Wrong> wrong) {
    if (!(value instanceof JsonArray list) || list.isEmpty()) {
      wrong.add(new Wrong("/jobs", "(expected: a list of ids of jobs; without it, all)"));
      return Set.of();
    }
    Set<JobId> jobs = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      Object id = list.getValue(i);
      String at = "/jobs/" + i;
      (id instanceof String text ? Queries.parse(text, JobId::parse) : Optional.<JobId>empty())
          .filter(job -> job.batch().equals(batch))
          .ifPresentOrElse(
              jobs::add,
              () -> wrong.add(new Wrong(at, id + " (expected: the id of a job of this batch)")));
    }
    return jobs;
  }

  private static @Nullable String text(String key, @Nullable Object value, List<Wrong> wrong) {
    if (value == null || (value instanceof String text && !text.isEmpty())) {
      return (String) value;
    }
    wrong.add(new Wrong("/" + key, "'" + value + "' (expected: a text)"));
    return null;
  }
}
