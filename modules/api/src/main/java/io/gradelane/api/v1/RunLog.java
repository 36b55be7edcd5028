package io.gradelane.api.v1;

import static java.util.stream.Collectors.toMap;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.core.run.RunId;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.runs.RunFilter;
import io.gradelane.store.runs.RunRecord;
import io.gradelane.store.runs.RunRecord.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of runs: what became of each that somebody waited for, newest first. Who is no administrator finds his own
 * alone.
 */
final class RunLog {

  private static final Map<String, State> STATES = Arrays.stream(State.values())
      .collect(toMap(RunJson::word, state -> state, (one, other) -> one, LinkedHashMap::new));

  private static final Duration USUALLY = Duration.ofDays(1);
  private static final int USUAL = 100;
  private static final int MOST = 500;

  private final JobDoor door;
  private final InstantSource clock;

  RunLog(JobDoor door, InstantSource clock) {
    this.door = door;
    this.clock = clock;
  }

  void list(Call call) {
    Query query = new Query(call);
    RunFilter filter = filter(call, query);
    int size = (int) Math.min(MOST, query.whole("size", USUAL));
    if (!query.isWrong()) {
      door.store().ifPresentOrElse(store -> list(call, store, filter, size), call::noDatabase);
    }
  }

  private static void list(Call call, JobStore store, RunFilter filter, int size) {
    store
        .runs()
        .page(filter, size)
        .onSuccess(page -> call.answer(200, json(page, size)))
        .onFailure(failure -> call.noDatabase());
  }

  /** The last day, unless it says otherwise. */
  private RunFilter filter(Call call, Query query) {
    Instant to = query.moment("to");
    Instant end = to == null ? clock.instant().plusSeconds(1) : to;
    Instant from = query.moment("from");
    return new RunFilter(
        from == null ? end.minus(USUALLY) : from,
        end,
        query.read("before", "one that an earlier answer named as next", RunLog::run),
        query.text("request"),
        call.tenant().has(Tenant.ADMIN) ? query.text("key") : call.tenant().name(),
        query.text("lane"),
        query.text("server"),
        query.text("outcome"),
        state(query));
  }

  private static @Nullable State state(Query query) {
    String expected = "one of " + String.join(", ", STATES.keySet());
    return query.read("state", expected, STATES::get);
  }

  private static JsonObject json(List<RunRecord> page, int size) {
    JsonArray runs = new JsonArray();
    page.forEach(run -> runs.add(RunJson.of(run)));
    return new JsonObject()
        .put("runs", runs)
        .put("next", page.size() < size ? null : page.getLast().run().toString());
  }

  private static @Nullable RunId run(String text) {
    try {
      return RunId.parse(text);
    } catch (IllegalArgumentException none) {
      return null;
    }
  }
}
