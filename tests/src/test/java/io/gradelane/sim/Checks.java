package io.gradelane.sim;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.core.dispatch.Want;
import io.gradelane.sim.Coverage.Met;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules, each written down once more and independently of the dispatcher. */
final class Checks {

  private static final long TEN_MINUTES = 600_000_000_000L;
  private static final long MINUTE = 60_000_000_000L;

  /** A minute and the bucket that has only begun. */
  private static final long LONG_MINUTE = MINUTE + 5_000_000_000L;

  private static final int LANGUAGES = Scenario.LANGUAGES.size();

  private final Ledger books;
  private final Coverage coverage;
  private final boolean[] eligible;

  /** Whether any server takes a plain run now: by side (0 live, 1 bulk) and language. */
  private final boolean[][] takes = new boolean[2][LANGUAGES];

  private int slots;
  private int reserve;
  private int bulkInUse;
  private int held;

  Checks(Ledger books, Coverage coverage) {
    this.books = books;
    this.coverage = coverage;
    this.eligible = new boolean[books.limits.length];
  }

  /** Reads limits, reserve and servers set aside; compares all that the books know too. */
  void look(PoolView view, long now) {
    slots = view.slots();
    books.mostSlots = Math.max(books.mostSlots, slots);
    books.budgets.slots(slots);
    reserve = view.reserve();
    held = 0;
    int sum = 0;
    for (PoolView.ServerUse use : view.servers()) {
      SimServer server = books.server(use.id());
      server.limit = use.limit();
      server.held = use.held();
      held += use.held() ? 1 : 0;
      int most = Math.max(1, (int) (server.slots * server.share + 1e-9));
      require(use.limit() >= 1 && use.limit() <= most, use, "limit at most", most);
      require(server.everRefused || use.limit() == most, use, "lowered without a refusal", "");
      sum += server.takesRuns() ? server.limit : 0;
    }
    require(slots == sum, "slots", slots, sum);
    bulkInUse = 0;
    for (SimServer server : books.servers) {
      bulkInUse += server.takesRuns() ? bulkOn(server) : 0;
    }
    reserveIsRight(now);
    findTakers();
    if (held > 0) {
      coverage.met(Met.SERVER_SET_ASIDE);
    }
  }

  /** A grant that is about to be entered into the books. */
  void grant(Decision.Granted granted, SimRun run, SimServer server, long now) {
    require(run.state == SimRun.State.WAITING, "granted while", run.state, granted);
    require(books.everGranted.add(granted.permit()), "permit given out twice", granted, "");
    require(server.known, "on a removed server", granted, "");
    Want want = run.want();
    int after = server.inUse() + 1;
    require(after <= Math.max(1, server.slots), "more permits than slots", after, server.id);
    require(after <= server.limit, "more permits than the limit", after, server.limit);
    if (want.quiet() || server.anyQuiet()) {
      require(after <= server.cores, "above cores beside a quiet run", after, server.cores);
    }
    require(!want.excluded().contains(server.id), "on an excluded server", granted, "");
    require(
        want.pinned() == null || want.pinned().equals(server.id), "not where pinned", granted, "");
    if (!run.lane.probes) {
      require(server.takesRuns(), "on a server that takes no runs", granted, server.id);
      require(server.languages.contains(want.language()), "without the language", granted, want);
      laneMay(run, server);
    }
    require(run.deadline > now, "granted after its patience", granted, "");
    require(
        books.tenantInFlight[run.tenant] < books.limits[run.tenant].maxInFlight()
            || run.lane.probes,
        "above the tenant's limit",
        granted,
        books.limits[run.tenant]);
    if (!run.lane.probes && !want.quiet()) {
      comesFirst(run, now);
      turn(run.lane);
    }
  }

  /** A refusal that is about to be entered into the books. */
  void refusal(Decision.Refused refused, SimRun run, boolean onArrival, long now) {
    SimLane lane = run.lane;
    switch (refused.reason()) {
      case PATIENCE -> {
        boolean ended = run.deadline <= now;
        require(ended || (onArrival && lane.waiting > 1), "refused early", refused, run.deadline);
        coverage.met(ended ? Met.PATIENCE_ENDED : Met.TOO_LATE_ON_ARRIVAL);
      }
      case LANE_FULL -> {
        require(lane.waiting > lane.spec.maxQueued(), "lane not full", lane.waiting, lane.spec);
        coverage.met(Met.LANE_FULL);
      }
      case TENANT_LIMIT -> {
        int asked = Ledger.since(books.asked.get(run.tenant), now, LONG_MINUTE);
        require(
            books.tenantWaiting[run.tenant] > books.limits[run.tenant].maxQueued()
                || asked >= books.limits[run.tenant].perMinute(),
            "tenant below its limits",
            asked,
            books.limits[run.tenant]);
        coverage.met(Met.TENANT_LIMIT);
      }
      case NO_SERVER -> {
        require(!hope(run), "a server was left", refused, run.want());
        coverage.met(Met.NO_SERVER);
      }
      case RETRY_BUDGET -> {
        require(run.want().attempt() > 1 && !run.want().quiet(), "no retry", refused, "");
        coverage.met(Met.RETRY_BUDGET_SPENT);
      }
      case QUIET_BUDGET -> {
        require(run.want().quiet(), "not quiet", refused, "");
        coverage.met(Met.QUIET_BUDGET_SPENT);
      }
      case UNKNOWN_LANE, CANCELLED, CLOSING -> throw new Violation("refused for " + refused);
    }
    require(
        onArrival || refused.reason() == Refusal.PATIENCE || refused.reason() == Refusal.NO_SERVER,
        "refused later",
        refused,
        "");
  }

  /** A first attempt that has just been let in. */
  void letIn(SimRun run, long now) {
    int counted = Ledger.since(books.counted.get(run.tenant), now, MINUTE);
    require(
        counted <= books.limits[run.tenant].perMinute(), "too many a minute", counted, run.tenant);
    if (run.state == SimRun.State.WAITING) {
      require(
          run.lane.waiting <= run.lane.spec.maxQueued(),
          "lane too full",
          run.lane.waiting,
          run.lane.spec);
      require(
          books.tenantWaiting[run.tenant] <= books.limits[run.tenant].maxQueued(),
          "too many of the tenant wait",
          books.tenantWaiting[run.tenant],
          run.tenant);
    }
  }

  /** What the budgets said before a later attempt came; the run is in the books. */
  void budget(SimRun run, double tokens, boolean quietFits, @Nullable Refusal refusal, long now) {
    boolean early = refusal == Refusal.NO_SERVER || refusal == Refusal.PATIENCE;
    if (early || run.lane.probes || run.want().attempt() == 1) {
      return;
    }
    if (!run.want().quiet()) {
      boolean refused = refusal == Refusal.RETRY_BUDGET;
      require(
          refused ? Budgets.mustRefuse(tokens) : Budgets.mayRetry(tokens),
          "retry budget",
          tokens,
          refused);
    } else if (Budgets.exactAt(now)) {
      require(quietFits == (refusal != Refusal.QUIET_BUDGET), "quiet budget", quietFits, refusal);
    }
  }

  /** Nothing more to decide: then nothing that could go may wait. */
  void settled(PoolView view) {
    compare(view);
    for (SimLane lane : books.lanes) {
      if (canGo(lane)) {
        throw new Violation("lane " + lane.spec.name() + " could go and waits: " + state());
      }
      quietIsSeenTo(lane);
      for (SimRun run : lane.special) {
        require(hope(run), "waits without hope", run.want(), "");
      }
      long excess = lane.fair.excess(slack());
      require(excess <= 0, "unfair by", excess, lane.fair);
    }
    for (SimRun run : books.probes.special) {
      SimServer server = books.server(String.valueOf(run.want().pinned()));
      require(!server.known || server.inUse() >= server.ceiling(), "a probe waits", server.id, "");
    }
  }

  /** After a tick, nobody may wait longer than his patience, and there is nothing to do again at once. */
  void ticked(long now, long nextTickAt) {
    require(nextTickAt > now, "the next tick is due already", nextTickAt, now);
    while (!books.deadlines.isEmpty() && books.deadlines.peek().at() <= now) {
      Ledger.Deadline due = books.deadlines.remove();
      SimRun run = due.run();
      boolean current = run.state == SimRun.State.WAITING
          && run.want().attempt() == due.attempt()
          && run.deadline <= now;
      require(!current, "waits beyond its patience", run.want(), now);
    }
  }

  /** Whether the lanes that are not live must get the next slot. */
  boolean bulkOwed(long now) {
    return bulkInUse == 0
        && books.bulkWaiting() > 0
        && (slots > 1 || now - books.bulkSince >= TEN_MINUTES);
  }

  private void laneMay(SimRun run, SimServer server) {
    SimLane lane = run.lane;
    require(!lane.spec.paused(), "lane paused", lane.spec, "");
    require(lane.inUse < lane.spec.cap(), "lane above its cap", lane.inUse, lane.spec);
    if (lane.bulk()) {
      require(bulkInUse < Math.max(1, slots - reserve), "into the reserve", bulkInUse, reserve);
      require(leavesReserve(server), "into the server's part of the reserve", server.id, reserve);
    }
  }

  /** Strict priority: nobody of a lane that comes before could have gone anywhere. */
  private void comesFirst(SimRun run, long now) {
    boolean owed = bulkOwed(now);
    if (owed && run.lane.bulk()) {
      coverage.met(Met.BULK_OWED);
      return;
    }
    for (SimLane other : books.lanes) {
      boolean prior = other.before(run.lane) || (owed && other.bulk() && !run.lane.bulk());
      if (other != run.lane && prior && canGo(other)) {
        throw new Violation(
            "lane " + run.lane.spec.name() + " before " + other.spec.name() + ": " + state());
      }
      if (run.lane.before(other)
          && other.spec.priority() > run.lane.spec.priority()
          && canGo(other)) {
        coverage.met(Met.BELOW_MIN_FIRST);
      }
    }
  }

  private void turn(SimLane lane) {
    for (int tenant = 0; tenant < eligible.length; tenant++) {
      eligible[tenant] = tenantCanGo(lane, tenant);
    }
    for (SimRun run : lane.special) {
      if (mayStart(run) && specialTaken(run)) {
        eligible[run.tenant] = true;
      }
    }
    lane.fair.turn(eligible);
  }

  private boolean canGo(SimLane lane) {
    if (!lane.mayGrant()) {
      return false;
    }
    if (lane.bulk() && bulkInUse >= Math.max(1, slots - reserve)) {
      return false;
    }
    for (int tenant = 0; tenant < eligible.length; tenant++) {
      if (tenantCanGo(lane, tenant)) {
        return true;
      }
    }
    for (SimRun run : lane.special) {
      if (!run.want().quiet() && mayStart(run) && specialTaken(run)) {
        return true;
      }
    }
    return false;
  }

  private boolean tenantCanGo(SimLane lane, int tenant) {
    if (books.tenantInFlight[tenant] >= books.limits[tenant].maxInFlight()) {
      return false;
    }
    boolean[] able = takes[lane.bulk() ? 1 : 0];
    for (int language = 0; language < LANGUAGES; language++) {
      if (able[language] && lane.plain[tenant][language] > 0) {
        return true;
      }
    }
    return false;
  }

  private boolean mayStart(SimRun run) {
    return books.tenantInFlight[run.tenant] < books.limits[run.tenant].maxInFlight();
  }

  private boolean specialTaken(SimRun run) {
    for (SimServer server : books.servers) {
      if (fits(server, run.want())
          && takesNow(server, run.lane.bulk(), run.want().quiet())) {
        return true;
      }
    }
    return false;
  }

  /** A quiet run of a live lane that can't go has had a server set aside, or others have. */
  private void quietIsSeenTo(SimLane lane) {
    if (held > 0 || !lane.mayGrant() || lane.bulk()) {
      return;
    }
    for (SimRun run : lane.special) {
      if (run.want().quiet() && mayStart(run)) {
        for (SimServer server : books.servers) {
          require(
              !(server.takesRuns() && fits(server, run.want())),
              "no server is set aside for",
              run.want(),
              server.id);
        }
      }
    }
  }

  private boolean hope(SimRun run) {
    Want want = run.want();
    for (SimServer server : books.servers) {
      boolean unreached = server.view().languages().isEmpty();
      if (server.known && (fits(server, want) || (unreached && want.pinned() == null))) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(SimServer server, Want want) {
    return want.pinned() != null
        ? want.pinned().equals(server.id)
        : server.languages.contains(want.language()) && !want.excluded().contains(server.id);
  }

  private boolean takesNow(SimServer server, boolean bulk, boolean quiet) {
    if (!server.takesRuns() || (bulk && !leavesReserve(server))) {
      return false;
    }
    return quiet
        ? !server.held && server.inUse() < Math.min(server.limit, server.cores)
        : server.inUse() < server.ceiling();
  }

  private boolean leavesReserve(SimServer server) {
    int part = (int) ((long) reserve * server.limit / Math.max(1, slots));
    return bulkOn(server) < server.limit - part;
  }

  private static int bulkOn(SimServer server) {
    int count = 0;
    for (SimRun.Permit permit : server.permits) {
      count += permit.lane.bulk() ? 1 : 0;
    }
    return count;
  }

  private void findTakers() {
    for (int language = 0; language < LANGUAGES; language++) {
      takes[0][language] = anyTakes(Scenario.LANGUAGES.get(language), false);
      takes[1][language] = anyTakes(Scenario.LANGUAGES.get(language), true);
    }
  }

  private boolean anyTakes(String language, boolean bulk) {
    for (SimServer server : books.servers) {
      if (server.languages.contains(language) && takesNow(server, bulk, false)) {
        return true;
      }
    }
    return false;
  }

  private void compare(PoolView view) {
    for (PoolView.ServerUse use : view.servers()) {
      require(
          use.inUse() == books.server(use.id()).inUse(),
          use,
          "the books say",
          books.server(use.id()).inUse());
    }
    List<PoolView.LaneView> views = view.lanes();
    for (SimLane lane : books.lanes) {
      for (PoolView.LaneView one : views) {
        if (one.spec().name().equals(lane.spec.name())) {
          require(one.depth() == lane.waiting, "depth", one.depth(), lane.waiting);
          require(one.inUse() == lane.inUse, "in use", one.inUse(), lane.inUse);
        }
      }
    }
    require(
        view.quarantined() == books.quarantine.size(),
        "quarantined",
        view.quarantined(),
        books.quarantine.size());
    require(
        view.counters().staleDones() == books.staleDones,
        "stale dones",
        view.counters(),
        books.staleDones);
    require(
        view.counters().repeatedWants() == books.repeatedWants,
        "repeated wants",
        view.counters(),
        books.repeatedWants);
  }

  private void reserveIsRight(long now) {
    int least = books.demand.least(books.reserveFloor, slots, now);
    int most = books.demand.most(books.reserveFloor, slots);
    require(reserve >= least, "reserve", reserve, least);
    require(reserve <= most, "reserve", reserve, most);
    if (bulkInUse >= slots - reserve && books.bulkWaiting() > 0) {
      coverage.met(Met.HELD_BY_RESERVE);
    }
  }

  /** What corrections may add to unfairness: none if estimates are exact and nothing fails. */
  private long slack() {
    return books.scenario.exact() && !books.scenario.faults()
        ? 0
        : 60_000L * Math.max(1, books.mostSlots);
  }

  private String state() {
    StringBuilder text =
        new StringBuilder("slots " + slots + ", reserve " + reserve + ", bulk " + bulkInUse);
    for (SimLane lane : books.lanes) {
      text.append("; ").append(lane.spec.name()).append(' ').append(lane.inUse).append('+');
      text.append(lane.waiting).append(" min ").append(lane.spec.min());
    }
    for (SimServer server : books.servers) {
      text.append("; ").append(server.id).append(' ').append(server.inUse()).append('/');
      text.append(server.ceiling())
          .append(server.takesRuns() ? "" : " off")
          .append(server.held ? " held" : "");
    }
    return text.toString();
  }

  private static void require(
      boolean condition, Object what, @Nullable Object found, @Nullable Object expected) {
    if (!condition) {
      throw new Violation(what + ": " + found + " / " + expected);
    }
  }
}
