package io.gradelane.api.v1;

import io.gradelane.core.dispatch.Why;
import io.gradelane.store.runs.RunRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** Runs as JSON, those that wait and those that have ended. Times are in seconds. */
final class RunJson {

  private RunJson() {}

  static JsonObject of(Why why) {
    return new JsonObject()
        .put("run", why.run().toString())
        .put("lane", why.lane())
        .put("place", why.place())
        .put("waiting", why.waiting())
        .put("waitsFor", why.waitsFor().name())
        .put("words", why.words())
        .put("waited", why.waitedMillis() / 1000.0)
        .put(
            "estimatedStart",
            why.estimatedStartMillis() < 0 ? null : why.estimatedStartMillis() / 1000.0);
  }

  static JsonObject of(RunRecord run) {
    return new JsonObject()
        .put("run", run.run().toString())
        .put("at", run.at().toString())
        .put("request", run.request())
        .put("tenant", run.tenant())
        .put("lane", run.lane())
        .put("language", run.language())
        .put("node", run.node())
        .put("state", word(run.state()))
        .put("outcome", run.outcome())
        .put("status", run.status())
        .put("waited", run.waitedMillis() / 1000.0)
        .put("took", run.tookMillis() / 1000.0)
        .put("attempts", run.servers().size())
        .put("servers", new JsonArray(run.servers()))
        .put("load", run.serverLoad())
        .put("slots", run.serverSlots())
        .put("doubt", run.doubt());
  }

  static String word(RunRecord.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
