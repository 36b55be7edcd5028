package io.gradelane.api.v1;

import io.gradelane.api.access.Asking;
import io.gradelane.api.access.LaneBook;
import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Headers;
import io.gradelane.api.journey.RunJourney;
import io.gradelane.api.journey.RunOrder;
import io.gradelane.core.lane.LaneSpec;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /api/v1/run-groups}: several runs in one request, such as the test cases of one attempt; they run in
 * parallel, as room allows, and are answered in their order. Each is charged to its tenant's share like any other run.
 */
final class RunGroups {

  private final RunJourney journey;
  private final LaneBook lanes;

  RunGroups(RunJourney journey, LaneBook lanes) {
    this.journey = journey;
    this.lanes = lanes;
  }

  List<Route> routes() {
    return List.of(Route.of("POST", "/api/v1/run-groups", Tenant.RUN, this::submit));
  }

  private void submit(Call call) {
    GroupRequest.read(call)
        .ifPresent(request -> lane(call, request).ifPresent(lane -> begin(call, request, lane)));
  }

  private Optional<LaneSpec> lane(Call call, GroupRequest request) {
    String byHeader = call.exchange().header(Headers.LANE);
    String wish = request.lane() != null ? request.lane() : byHeader;
    if (wish == null) {
      return Optional.of(lanes.choose(call.tenant(), null, null));
    }
    LaneSpec lane = lanes.find(wish);
    if (lane == null) {
      call.fail(Problem.invalid(
          "/lane", "'" + wish + "' (expected: " + lanes.words(call.tenant()) + ")"));
    } else if (!call.tenant().mayUse(wish)) {
      call.fail(
          new Problem(403, "lane_not_allowed", "This key may not use the lane '" + wish + "'"));
      return Optional.empty();
    }
    return Optional.ofNullable(lane);
  }

  private void begin(Call call, GroupRequest request, LaneSpec lane) {
    call.exchange().put(Headers.LANE, lane.name());
    Group group = new Group(call.exchange(), request.members());
    String user = request.user() != null ? request.user() : Asking.user(call.exchange(), null);
    for (int i = 0; i < request.members().size(); i++) {
      RunOrder order = new RunOrder(
          group.caller(i),
          call.tenant(),
          lane,
          user,
          Asking.context(call.exchange()),
          Asking.patienceMillis(call.exchange()));
      journey.submit(
          order,
          new JsonObject().put("run_spec", request.members().get(i).spec()).toBuffer());
    }
  }
}
