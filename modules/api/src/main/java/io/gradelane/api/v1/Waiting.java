package io.gradelane.api.v1;

import io.gradelane.api.access.Tenant;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.core.dispatch.Why;
import io.gradelane.core.run.RunId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * {@code /api/v1/runs}: which runs wait, and why; and, as soon as anything is asked of them, which runs there were.
 */
final class Waiting {

  private static final int MOST = 100;

  private final Dispatch dispatch;
  private final RunLog log;

  Waiting(Dispatch dispatch, RunLog log) {
    this.dispatch = dispatch;
    this.log = log;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/runs", Tenant.RUN, this::list),
        Route.of("GET", "/api/v1/runs/:id/why", Tenant.RUN, this::why));
  }

  private void list(Call call) {
    String query = call.exchange().target().query();
    if (query == null || query.isEmpty() || query.equals("state=waiting")) {
      waiting(call);
    } else {
      log.list(call);
    }
  }

  /** Those that have waited longest; whose they are is nobody's business but an administrator's. */
  private void waiting(Call call) {
    if (!call.tenant().has(Tenant.ADMIN)) {
      call.fail(new Problem(403, "forbidden", "This key lacks the scope " + Tenant.ADMIN));
      return;
    }
    dispatch.ask(call, new PoolQuestion.LongestWaiting(MOST), answer -> {
      JsonArray runs = new JsonArray();
      ((PoolAnswer.LongestWaiting) answer).runs().forEach(why -> runs.add(RunJson.of(why)));
      call.answer(200, new JsonObject().put("runs", runs));
    });
  }

  private static Problem unknown(RunId run) {
    return new Problem(
        404,
        "no_such_run",
        "No run " + run + " waits or runs here; what became of one that has ended: "
            + "GET /api/v1/runs?from=… or gradelane runs");
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
        call.fail(unknown(run));
      } else {
        call.answer(200, RunJson.of(why));
      }
    });
  }
}
