package io.gradelane.core.dispatch;

import io.gradelane.core.run.RunId;
import org.jspecify.annotations.Nullable;

/** What can be said about runs that wait: their place, what they wait for, when they will probably start. */
final class Estimates {

  private static final int SOLID_RUNS = 32;
  private static final long SOLID_AGE = 2 * Times.MINUTE;

  private final Lanes lanes;
  private final Servers servers;
  private final Turns turns;

  Estimates(Lanes lanes, Servers servers, Turns turns) {
    this.lanes = lanes;
    this.servers = servers;
    this.turns = turns;
  }

  /**
   * Whether the start of a run that has just come lies beyond its patience for certain: by a lower bound (only the work
   * that surely comes first, on all slots that its lane may use), measured on enough runs that ended lately.
   */
  boolean tooLate(Ask ask, long now) {
    Lane lane = ask.lane;
    if (lane.waiting == 0 || ask.deadline == Times.NEVER) {
      return false;
    }
    double patience = (double) (ask.deadline - now) / Times.MILLI;
    return millis(lane, higher(lane) + lane.waiting, now) > patience
        && solid(ask, now)
        && millis(lane, higher(lane) + fairPlace(ask) - 1, now) > patience;
  }

  Why why(RunId run, @Nullable Ask ask, long now) {
    if (ask == null) {
      return new Why(run, "", 0, 0, WaitsFor.UNKNOWN, "nothing is known of it here", 0, -1);
    }
    Lane lane = ask.lane;
    String name = lane.spec.name();
    if (!ask.waits()) {
      return new Why(run, name, 0, lane.waiting, WaitsFor.GRANTED, "it has its permit", 0, 0);
    }
    int place = fairPlace(ask);
    WaitsFor waitsFor = waitsFor(ask, place, now);
    boolean known = lane.ended > 0 && waitsFor != WaitsFor.LANE_PAUSED && servers.slots() > 0;
    double start = known ? millis(lane, higher(lane) + place, now) : -1;
    return new Why(
        run,
        name,
        place,
        lane.waiting,
        waitsFor,
        words(ask, waitsFor, place, now),
        ask.waitedMillis(now),
        (long) start);
  }

  String words(Ask ask, Refusal reason) {
    Lane lane = ask.lane;
    return switch (reason) {
      case LANE_FULL ->
        "lane " + lane.spec.name() + ": " + lane.waiting + " waiting (limit: "
            + lane.spec.maxQueued() + ")";
      case TENANT_LIMIT ->
        "tenant " + ask.want.tenant() + ": " + ask.tenant().waiting + " waiting (limit: "
            + ask.tenant().limits.maxQueued() + "), at most "
            + ask.tenant().limits.perMinute()
            + " a minute";
      case NO_SERVER ->
        "no server has " + ask.want.language()
            + (ask.want.excluded().isEmpty() ? "" : " but " + ask.want.excluded());
      case PATIENCE -> "it could not start in time";
      case RETRY_BUDGET -> "too many runs were tried again lately";
      case QUIET_BUDGET -> "too many verdicts were in doubt lately";
      case UNKNOWN_LANE -> "no lane " + ask.want.lane();
      case CANCELLED -> "its caller has gone";
      case CLOSING -> "the pool is closing";
    };
  }

  private WaitsFor waitsFor(Ask ask, int place, long now) {
    Lane lane = ask.lane;
    if (lane.spec.paused()) {
      return WaitsFor.LANE_PAUSED;
    }
    if (ask.state == Ask.State.HELD) {
      return WaitsFor.QUIET_SERVER;
    }
    if (!ask.tenant().mayStart()) {
      return WaitsFor.TENANT_IN_FLIGHT;
    }
    if (!servers.anyReady(ask.kind)) {
      return WaitsFor.SERVER_READY;
    }
    if (!lane.belowCap()) {
      return WaitsFor.LANE_CAP;
    }
    if (!turns.withinReserve(lane, now)) {
      return WaitsFor.RESERVE;
    }
    if (higher(lane) > 0) {
      return WaitsFor.HIGHER_LANES;
    }
    return place > 1 ? WaitsFor.TURN : WaitsFor.SLOT;
  }

  private String words(Ask ask, WaitsFor waitsFor, int place, long now) {
    Lane lane = ask.lane;
    String name = lane.spec.name();
    return switch (waitsFor) {
      case LANE_PAUSED -> "lane " + name + " is paused";
      case QUIET_SERVER -> "its server is being emptied, so that its verdict can be believed";
      case TENANT_IN_FLIGHT ->
        "tenant " + ask.want.tenant() + " has " + ask.tenant().inFlight + " runs in flight (limit: "
            + ask.tenant().limits.maxInFlight() + ")";
      case SERVER_READY -> "no server that has " + ask.want.language() + " takes runs now";
      case LANE_CAP ->
        "lane " + name + " uses " + lane.inUse + " slots (cap: " + lane.spec.cap() + ")";
      case RESERVE ->
        "lanes that are not live use " + servers.bulkInUse() + " of " + servers.slots() + " slots; "
            + turns.reserve(now) + " are kept for live ones";
      case HIGHER_LANES -> "lanes before " + name + " have " + higher(lane) + " runs waiting";
      case TURN -> "place " + place + " of " + lane.waiting + " in lane " + name;
      case SLOT -> "it is next in lane " + name;
      case GRANTED, UNKNOWN -> "";
    };
  }

  /** Runs waiting in lanes that come before this one and can be granted. */
  private int higher(Lane lane) {
    int count = 0;
    for (Lane other : lanes.ordered()) {
      if (other.spec.priority() > lane.spec.priority() && !other.spec.paused()) {
        count += other.waiting;
      }
    }
    return count;
  }

  /** From 1: its place if users, then tenants, take turns run by run. */
  private static int fairPlace(Ask ask) {
    int place = ask.flow.before(ask) + 1;
    int among = place + others(ask.flow.tenant.ring, ask.flow, place);
    return among + ask.lane.othersBefore(ask.flow.tenant, among);
  }

  static <T extends Share> int others(FairRing<T> ring, Share own, int most) {
    int count = 0;
    Share at = ring.any();
    for (int n = ring.size(); n > 0 && at != null; n--, at = at.next) {
      if (at != own) {
        count += Math.min(at.waiting, most);
      }
    }
    return count;
  }

  private double millis(Lane lane, int runs, long now) {
    int slots = lane.bulk() ? servers.slots() - turns.reserve(now) : servers.slots();
    return runs * lane.meanMillis / Math.max(1, Math.min(slots, lane.spec.cap()));
  }

  private boolean solid(Ask ask, long now) {
    Lane lane = ask.lane;
    return lane.ended >= SOLID_RUNS
        && now - lane.lastEndedAt < SOLID_AGE
        && !lane.spec.paused()
        && ask.kind.plain()
        && servers.allTake(ask.kind);
  }
}
