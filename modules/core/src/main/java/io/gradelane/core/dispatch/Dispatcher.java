package io.gradelane.core.dispatch;

import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The single writer of a pool: its lanes, its permits, its stickiness. A pure state machine: events come in with their
 * time, {@link #next} gives one decision after another until there is none left.
 *
 * <p>It belongs to one context and is not thread-safe. Time is the nanoseconds of a monotonic ticker; it must not run
 * backwards. Every event may make decisions possible, so call {@link #next} until it is null after each turn's events,
 * and {@link #tick} at {@link #nextTickAt}. The life of one run is drawn at {@link Ask}, the order of turns at {@link
 * Turns}.
 */
public final class Dispatcher {

  private static final long SWEEP = 10 * Times.SECOND;
  private static final long FORGET_IDLE = Times.MINUTE;
  private static final long RESERVE_TICK = Times.SECOND;

  private final long term;
  private final Lanes lanes;
  private final Servers servers = new Servers();
  private final Kinds kinds = new Kinds();
  private final AskTable asks = new AskTable();
  private final Deadlines deadlines = new Deadlines();
  private final Map<String, Tenant> tenants = new HashMap<>();
  private final Reserve reserve;
  private final RetryBudget retries;
  private final QuietBudget quietBudget;
  private final Affinity affinity = new Affinity();
  private final Turns turns;
  private final Estimates estimates;
  private final ArrayDeque<Decision> decided = new ArrayDeque<>();

  /** Runs that came when their lane or tenant had as many waiting as it may; refused unless they can start at once. */
  private final ArrayDeque<Ask> overflow = new ArrayDeque<>();

  private final Tally tally = new Tally();

  private long event;
  private long permits;
  private int quarantined;
  private long sweptAt;
  private long tickedAt;

  /** @param term its number goes into every permit */
  public Dispatcher(PoolRules rules, long term) {
    this.term = term;
    this.lanes = new Lanes(rules.lanes());
    this.reserve = new Reserve(rules.reserveFloor(), rules.demandWindow().toNanos());
    this.retries = new RetryBudget(rules.retryRatio());
    this.quietBudget = new QuietBudget(rules.quietShare());
    this.turns = new Turns(lanes, servers, kinds, reserve, affinity);
    this.estimates = new Estimates(lanes, servers, turns);
  }

  /**
   * Somebody wants room for one run. Answered sooner or later by {@link Decision.Granted} or {@link Decision.Refused},
   * unless {@link #cancel} comes first.
   *
   * <p>The same run and attempt again changes nothing. A later attempt takes the place of one that waits; the permit of
   * one that was granted is quarantined like a lost one.
   */
  public void want(Want want, long now) {
    begin(now);
    Ask known = asks.get(want.run());
    if (known != null && known.want.attempt() >= want.attempt()) {
      tally.repeatedWants++;
      return;
    }
    tally.wants++;
    if (known != null) {
      supersede(known, now);
    }
    admit(want, now);
  }

  /** The caller has gone. A run that waits leaves its lane without an answer; any other is left alone. */
  public void cancel(RunId run, long now) {
    begin(now);
    Ask ask = asks.get(run);
    if (ask != null && ask.waits()) {
      tally.cancelled++;
      withdraw(ask, now);
    }
  }

  /**
   * A permit has ended. One that is unknown, or has ended before, is counted and ignored.
   *
   * @param millis how long the slot was in use
   */
  public void done(RunId run, PermitId permit, Ending ending, int millis, long now) {
    begin(now);
    Ask ask = holder(run, permit);
    if (ask == null) {
      tally.staleDones++;
      return;
    }
    switch (ending) {
      case OK -> ranWell(ask, millis, now);
      case REFUSED -> {
        lower(ask, now);
        free(ask, 0, now);
      }
      case LOST -> quarantine(ask, millis, now);
      case UNUSED -> free(ask, 0, now);
    }
  }

  /**
   * A permit has ended with a verdict that may be due to load. Answered by {@link Decision.Believed} if the server never
   * had more permits out than cores while this one lived, or if this one was quiet itself; else {@code quiet} is
   * queued, or refused if the budget of second looks is spent.
   *
   * @param millis how long the slot was in use
   * @param quiet what to queue: the same run, its next attempt, {@code quiet} set
   */
  public void doubt(RunId run, PermitId permit, int millis, Want quiet, long now) {
    begin(now);
    Ask ask = holder(run, permit);
    if (ask == null) {
      tally.staleDones++;
      if (asks.get(run) == null) {
        refuse(run, Refusal.QUIET_BUDGET, "nothing is known of permit " + permit);
      }
      return;
    }
    tally.doubted++;
    boolean loaded = Objects.requireNonNull(ask.server).aboveCoresSince(ask.grantedEvent);
    ranWell(ask, millis, now);
    if (!loaded || ask.want.quiet()) {
      tally.believed++;
      decided.add(new Decision.Believed(run));
    } else {
      admit(quiet, now);
    }
  }

  /** Adds a server, or changes what is known of one. */
  public void server(ServerView view, long now) {
    begin(now);
    servers.put(view, event);
    serversChanged(now);
  }

  /** Nothing is granted there any more; the permits that are out end as ever. */
  public void removeServer(String id, long now) {
    begin(now);
    servers.remove(id);
    serversChanged(now);
  }

  /** Adds a lane, or adjusts one; acts on the next grant. */
  public void lane(LaneSpec spec, long now) {
    begin(now);
    Lane lane = lanes.put(spec);
    recountBulk();
    observeDemand(now);
    asks.forEach(ask -> {
      if (ask.lane == lane && ask.waits()) {
        deadlines.remove(ask);
        ask.deadline = patienceEnds(ask.want, lane, ask.since);
        deadlines.add(ask);
      }
    });
  }

  /** Sets the least slots that are kept free of lanes which are not live; acts on the next grant. */
  public void reserveFloor(int least, long now) {
    begin(now);
    reserve.floor(least);
  }

  /** Sets what a tenant may ask. */
  public void tenant(TenantLimits limits, long now) {
    begin(now);
    tenantOf(limits.name()).limits = limits;
  }

  /** What time alone brings: patience that ends, quarantined permits whose deadline has come. */
  public void tick(long now) {
    begin(now);
    tickedAt = now;
    expire(now);
    if (now - sweptAt >= SWEEP) {
      sweptAt = now;
      takeBackForgotten(now);
      lanes.forgetIdle(now - FORGET_IDLE);
    }
  }

  /** When {@link #tick} has something to do, {@link Long#MAX_VALUE} if never; it may move earlier with any event. */
  public long nextTickAt() {
    long next = deadlines.next();
    if (lanes.bulkWaiting > 0) {
      next = Math.min(next, tickedAt + RESERVE_TICK);
    }
    if (asks.size() > 0) {
      next = Math.min(next, sweptAt + SWEEP);
    }
    return next;
  }

  /** The next decision; the state changes with it. Null when there is nothing to do. */
  public @Nullable Decision next(long now) {
    if (deadlines.next() <= now) {
      expire(now);
    }
    Decision next = decided.poll();
    if (next == null) {
      next = grant(now);
    }
    if (next == null && !overflow.isEmpty()) {
      refuseOverflow(now);
      next = decided.poll();
    }
    return next;
  }

  /** Why a run waits, and how long it probably will. */
  public Why why(RunId run, long now) {
    return estimates.why(run, asks.get(run), now);
  }

  /** The runs that have waited longest, the oldest first. */
  public List<Why> longestWaiting(int most, long now) {
    List<Ask> waiting = new ArrayList<>();
    asks.forEach(ask -> {
      if (ask.waits()) {
        waiting.add(ask);
      }
    });
    return waiting.stream()
        .sorted(Comparator.comparingLong(ask -> ask.since))
        .limit(most)
        .map(ask -> why(ask.want.run(), now))
        .toList();
  }

  /** The pool at this moment. */
  public PoolView view(long now) {
    List<PoolView.LaneView> laneViews = new ArrayList<>();
    laneViews.add(laneView(lanes.probes, now));
    for (Lane lane : lanes.ordered()) {
      laneViews.add(laneView(lane, now));
    }
    List<PoolView.ServerUse> uses = new ArrayList<>();
    for (Server server : servers.all()) {
      if (server.known) {
        uses.add(server.use());
      }
    }
    return new PoolView(
        laneViews,
        uses,
        servers.slots(),
        (int) Math.ceil(reserve.demand(now) - 1e-6),
        turns.reserve(now),
        quarantined,
        tally.view());
  }

  private void expire(long now) {
    for (Ask ask = deadlines.pollUntil(now); ask != null; ask = deadlines.pollUntil(now)) {
      if (ask.state == Ask.State.QUARANTINED) {
        quarantined--;
        ask.state = Ask.State.GONE;
        freeSlot(ask, now);
      } else {
        tally.expired++;
        withdraw(ask, now);
        refuse(ask.want.run(), Refusal.PATIENCE, "waited " + ask.waitedMillis(now) + " ms");
      }
    }
  }

  private void begin(long now) {
    if (event++ == 0) {
      tickedAt = now;
      sweptAt = now;
    }
  }

  private void admit(Want want, long now) {
    Lane lane = lanes.of(want);
    if (lane == null) {
      refuse(want.run(), Refusal.UNKNOWN_LANE, "no lane " + want.lane());
      return;
    }
    Tenant tenant = tenantOf(want.tenant());
    Kind kind = kinds.of(want);
    long since = now - Math.max(0, want.waitedMillis()) * Times.MILLI;
    UserFlow flow = lane.tenant(tenant).user(want.user());
    Ask ask = new Ask(want, lane, flow, kind, since);
    ask.deadline = patienceEnds(want, lane, since);
    Refusal refusal = objection(ask, now);
    if (refusal != null) {
      kinds.release(kind, servers);
      refuseNew(ask, refusal);
      return;
    }
    queue(ask, now);
    if (isOneTooMany(ask)) {
      overflow.add(ask);
    }
  }

  /** Nothing more can be granted: those who came when their line was full, the newest first, until it no longer is. */
  private void refuseOverflow(long now) {
    for (Ask ask = overflow.pollLast(); ask != null; ask = overflow.pollLast()) {
      if (ask.waits() && isOneTooMany(ask)) {
        boolean full = ask.lane.waiting > ask.lane.spec.maxQueued();
        withdraw(ask, now);
        refuseNew(ask, full ? Refusal.LANE_FULL : Refusal.TENANT_LIMIT);
        return;
      }
    }
  }

  /** Why a run is refused before it has begun to wait; null if it is not. */
  private @Nullable Refusal objection(Ask ask, long now) {
    Want want = ask.want;
    if (!servers.hope(ask.kind)) {
      return Refusal.NO_SERVER;
    }
    if (ask.lane.probes) {
      return null;
    }
    if (ask.deadline <= now || (!ask.again() && estimates.tooLate(ask, now))) {
      return Refusal.PATIENCE;
    }
    if (want.quiet()) {
      return quietBudget.take(want.costMillis(), now) ? null : Refusal.QUIET_BUDGET;
    }
    if (ask.again()) {
      return retries.take(now) ? null : Refusal.RETRY_BUDGET;
    }
    return ask.tenant().mayAsk(now) ? null : Refusal.TENANT_LIMIT;
  }

  private void queue(Ask ask, long now) {
    if (ask.lane.bulk() && lanes.bulkWaiting == 0) {
      turns.bulkBegins(now);
    }
    if (ask.want.quiet()) {
      tally.rerunQuiet++;
    }
    asks.put(ask);
    deadlines.add(ask);
    ask.kind.asks++;
    ask.tenant().waiting++;
    ask.lane.add(ask);
    lanes.waits(ask.lane, 1);
    observe(ask.lane, now);
  }

  /** Only first attempts: what comes back had its place already. */
  private static boolean isOneTooMany(Ask ask) {
    return !ask.again()
        && !ask.lane.probes
        && (ask.lane.waiting > ask.lane.spec.maxQueued() || ask.tenant().tooManyWait());
  }

  private @Nullable Decision grant(long now) {
    Ask ask = turns.next(now);
    if (ask == null) {
      return null;
    }
    event++;
    Server server = Objects.requireNonNull(ask.server);
    deadlines.remove(ask);
    stopWaiting(ask);
    lanes.starts(ask.lane);
    ask.lane.granted(ask);
    ask.tenant().inFlight++;
    servers.take(server, ask, event);
    affinity.remember(ask, server, now);
    retries.granted();
    ask.state = Ask.State.GRANTED;
    ask.permit = ++permits;
    ask.grantedAt = now;
    ask.grantedEvent = event;
    tally.granted++;
    return new Decision.Granted(
        ask.want.run(), new PermitId(term, ask.permit), server.id, ask.waitedMillis(now));
  }

  private void ranWell(Ask ask, int millis, long now) {
    ask.lane.measured(millis, now);
    if (Objects.requireNonNull(ask.server).raise()) {
      slotsChanged(now);
    }
    free(ask, millis, now);
  }

  private void lower(Ask ask, long now) {
    if (Objects.requireNonNull(ask.server).lower(ask.grantedEvent, event)) {
      tally.lowered++;
      slotsChanged(now);
    }
  }

  /** The permit is nobody's any more, and its slot is free. */
  private void free(Ask ask, int millis, long now) {
    endPermit(ask, millis, now);
    ask.state = Ask.State.GONE;
    freeSlot(ask, now);
  }

  /** The permit is nobody's any more, but its run may still be executing. */
  private void quarantine(Ask ask, int millis, long now) {
    tally.lost++;
    endPermit(ask, millis, now);
    ask.deadline = Times.after(ask.grantedAt, ask.want.deadlineMillis());
    if (ask.deadline <= now) {
      ask.state = Ask.State.GONE;
      freeSlot(ask, now);
    } else {
      ask.state = Ask.State.QUARANTINED;
      quarantined++;
      deadlines.add(ask);
    }
  }

  private void endPermit(Ask ask, int millis, long now) {
    asks.remove(ask);
    ask.tenant().inFlight--;
    ask.lane.corrected(ask, millis, now);
    quietBudget.used(millis, now);
    if (ask.want.quiet()) {
      quietBudget.correct((long) millis - ask.want.costMillis(), now);
    }
  }

  private void freeSlot(Ask ask, long now) {
    servers.free(Objects.requireNonNull(ask.server), ask, event);
    lanes.uses(ask.lane, -1);
    observe(ask.lane, now);
  }

  /** A run that waits leaves, for whatever reason but a grant. */
  private void withdraw(Ask ask, long now) {
    if (ask.state == Ask.State.HELD) {
      turns.letGo(ask);
    } else {
      ask.lane.remove(ask);
    }
    ask.state = Ask.State.GONE;
    asks.remove(ask);
    deadlines.remove(ask);
    lanes.waits(ask.lane, -1);
    stopWaiting(ask);
    ask.flow.idleSince = now;
    ask.flow.tenant.idleSince = now;
    if (ask.want.quiet()) {
      quietBudget.correct(-ask.want.costMillis(), now);
    }
    observe(ask.lane, now);
  }

  private void stopWaiting(Ask ask) {
    ask.tenant().waiting--;
    ask.kind.asks--;
    kinds.release(ask.kind, servers);
  }

  private void supersede(Ask known, long now) {
    if (known.waits()) {
      withdraw(known, now);
    } else {
      quarantine(known, 0, now);
    }
  }

  private void observe(Lane lane, long now) {
    if (lane.countsAsLive()) {
      observeDemand(now);
    }
  }

  /** No more than the pool has slots: no reserve could give the live lanes more than those. */
  private void observeDemand(long now) {
    reserve.observe(Math.min(lanes.liveDemand, servers.slots()), now);
  }

  private void slotsChanged(long now) {
    servers.recount();
    retries.slots(servers.slots());
    observeDemand(now);
  }

  private void serversChanged(long now) {
    retries.slots(servers.slots());
    observeDemand(now);
    for (Kind kind = kinds.hopeless(servers); kind != null; kind = kinds.hopeless(servers)) {
      refuseAll(kind, now);
    }
  }

  private void refuseAll(Kind kind, long now) {
    List<Ask> hopeless = new ArrayList<>();
    asks.forEach(ask -> {
      if (ask.kind == kind && ask.waits()) {
        hopeless.add(ask);
      }
    });
    for (Ask ask : hopeless) {
      withdraw(ask, now);
      refuseNew(ask, Refusal.NO_SERVER);
    }
  }

  /** A lane may have changed sides. */
  private void recountBulk() {
    for (Server server : servers.all()) {
      server.bulkInUse = 0;
    }
    asks.forEach(Dispatcher::countIfBulk);
    deadlines.forEach(Dispatcher::countIfBulk);
    servers.recount();
  }

  private static void countIfBulk(Ask ask) {
    boolean out = ask.state == Ask.State.GRANTED || ask.state == Ask.State.QUARANTINED;
    if (out && ask.lane.bulk()) {
      Objects.requireNonNull(ask.server).bulkInUse++;
    }
  }

  /** Permits that nobody has ended long after their deadline: their node has forgotten them. */
  private void takeBackForgotten(long now) {
    List<Ask> forgotten = new ArrayList<>();
    asks.forEach(ask -> {
      if (ask.state == Ask.State.GRANTED
          && now > Times.after(ask.grantedAt, 2 * ask.want.deadlineMillis()) + Times.MINUTE) {
        forgotten.add(ask);
      }
    });
    for (Ask ask : forgotten) {
      tally.forgotten++;
      free(ask, 0, now);
    }
  }

  private @Nullable Ask holder(RunId run, PermitId permit) {
    Ask ask = permit.term() == term ? asks.get(run) : null;
    return ask != null && ask.state == Ask.State.GRANTED && ask.permit == permit.number()
        ? ask
        : null;
  }

  private static long patienceEnds(Want want, Lane lane, long since) {
    return Times.after(
        since, Math.min(want.patienceMillis(), lane.spec.patience().toMillis()));
  }

  private Tenant tenantOf(String name) {
    Tenant tenant = tenants.get(name);
    if (tenant == null) {
      tenant = new Tenant(TenantLimits.none(name));
      tenants.put(name, tenant);
    }
    return tenant;
  }

  private void refuseNew(Ask ask, Refusal reason) {
    refuse(ask.want.run(), reason, estimates.words(ask, reason));
  }

  private void refuse(RunId run, Refusal reason, String text) {
    tally.refused++;
    switch (reason) {
      case RETRY_BUDGET -> tally.refusedRetries++;
      case QUIET_BUDGET -> tally.unlooked++;
      default -> {}
    }
    decided.add(new Decision.Refused(run, reason, text));
  }

  private static PoolView.LaneView laneView(Lane lane, long now) {
    return new PoolView.LaneView(lane.spec, lane.waiting, lane.oldestMillis(now), lane.inUse);
  }
}
