package io.gradelane.api.v1;

import io.gradelane.api.v1.Problem.Wrong;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/run-groups}: {@code {"lane", "user", "runs": [{"ref", "run_spec"}, …]}}, of which only
 * the run specs must be there.
 *
 * @param lane that is wished for, or null
 * @param user whose turn it is within the tenant, or null
 */
record GroupRequest(@Nullable String lane, @Nullable String user, List<Member> members) {

  /** Most runs of one group. */
  static final int MOST = 500;

  private static final Set<String> KEYS = Set.of("lane", "user", "runs");

  /**
   * One run.
   *
   * @param ref the caller's own name for it, given back with its result; empty for none
   */
  record Member(String ref, JsonObject spec) {}

  /** Empty after an answer that says everything that is wrong. */
  static Optional<GroupRequest> read(Call call) {
    JsonObject body;
    try {
      body = new JsonObject(call.body());
    } catch (DecodeException | ClassCastException malformed) {
      call.fail(new Problem(400, "malformed", "The body is not a JSON object"));
      return Optional.empty();
    }
    List<Wrong> wrong = new ArrayList<>();
    GroupRequest request = new GroupRequest(
        text(body, "lane", wrong),
        text(body, "user", wrong),
        members(body.getValue("runs"), wrong));
    body.fieldNames().stream()
        .filter(key -> !KEYS.contains(key))
        .forEach(key -> wrong.add(new Wrong("/" + key, "unknown (expected: lane, user or runs)")));
    if (!wrong.isEmpty()) {
      call.fail(new Problem(422, "invalid", "The body is not as expected", wrong));
      return Optional.empty();
    }
    return Optional.of(request);
  }

  private static @Nullable String text(JsonObject body, String key, List<Wrong> wrong) {
    Object value = body.getValue(key);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    wrong.add(new Wrong("/" + key, value + " (expected: a string)"));
    return null;
  }

  private static List<Member> members(@Nullable Object runs, List<Wrong> wrong) {
    if (!(runs instanceof JsonArray list) || list.isEmpty() || list.size() > MOST) {
      String found = runs instanceof JsonArray list ? list.size() + " runs" : "not a list";
      wrong.add(new Wrong("/runs", found + " (expected: a list of 1 to " + MOST + ")"));
      return List.of();
    }
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      member(list.getValue(i), "/runs/" + i, wrong).ifPresent(members::add);
    }
    return members;
  }

  private static Optional<Member> member(@Nullable Object value, String at, List<Wrong> wrong) {
    if (!(value instanceof JsonObject run)
        || !(run.getValue("run_spec") instanceof JsonObject spec)) {
      wrong.add(new Wrong(at, "(expected: an object with a run_spec)"));
      return Optional.empty();
    }
    Object ref = run.getValue("ref", "");
    if (!(ref instanceof String name)) {
      wrong.add(new Wrong(at + "/ref", ref + " (expected: a string)"));
      return Optional.empty();
    }
    return Optional.of(new Member(name, spec));
  }
}
