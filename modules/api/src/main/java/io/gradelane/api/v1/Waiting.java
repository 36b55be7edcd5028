package io.gradelane.api.v1;

import io.gradelane.api.access.Tenant;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.core.dispatch.Why;
import io.gradelane.core.run.RunId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code /api/v1/runs}: which runs wait, and why. */
final class Waiting {

  private static final int MOST = 100;

  private final Dispatch dispatch;

  Waiting(Dispatch dispatch) {
    this.dispatch = dispatch;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/runs", Tenant.ADMIN, this::list),
        Route.of("GET", "/api/v1/runs/:id/why", Tenant.RUN, this::why));
  }

  /** Those that have waited longest. */
  private void list(Call call) {
    dispatch.ask(call, new PoolQuestion.LongestWaiting(MOST), answer -> {
      JsonArray runs = new JsonArray();
      ((PoolAnswer.LongestWaiting) answer).runs().forEach(why -> runs.add(json(why)));
      call.answer(200, new JsonObject().put("runs", runs));
    });
  }

  private void why(Call call) {
    RunId run;
    try {
      run = RunId.parse(call.element("id"));
    } catch (IllegalArgumentException malformed) {
      call.fail(new Problem(
          400, "malformed", "'" + call.element("id") + "' is no run id (expected: a UUID)"));
      return;
    }
    dispatch.ask(call, new PoolQuestion.WhyWaiting(run), answer -> {
      Why why = ((PoolAnswer.Waiting) answer).why();
      if (why.lane().isEmpty()) {
        call.fail(new Problem(404, "no_such_run", "No run " + run + " waits or runs here"));
      } else {
        call.answer(200, json(why));
      }
    });
  }

  private static JsonObject json(Why why) {
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
}
