package io.gradelane.core.dispatch;

import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

  private final Books books;
  private final Admission admission;
  private final PermitBook permits;
  private long sweptAt;
  private long tickedAt;

  /** Of a pool that has one node. */
  public Dispatcher(PoolRules rules, long term) {
    this(rules, new Term(term, ""));
  }

  /** @param term goes into every permit */
  public Dispatcher(PoolRules rules, Term term) {
    books = new Books(rules);
    admission = new Admission(books);
    permits = new PermitBook(books, term);
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
    if (isNew(want, now)) {
      admission.admit(want, now);
    }
  }

  /** The same for a run that an earlier dispatcher has let in: nothing is charged or counted again. */
  public void waits(Want want, long now) {
    begin(now);
    if (isNew(want, now)) {
      admission.readmit(want, now);
    }
  }

  /** The caller has gone. A run that waits leaves its lane without an answer; any other is left alone. */
  public void cancel(RunId run, long now) {
    begin(now);
    Ask ask = books.asks.get(run);
    if (ask != null && ask.waits()) {
      books.tally.cancelled++;
      admission.withdraw(ask, now);
    }
  }

  /**
   * A permit has ended. One that is unknown, or has ended before, is counted and ignored.
   *
   * @param millis how long the slot was in use
   */
  public void done(RunId run, PermitId permit, Ending ending, int millis, long now) {
    begin(now);
    Ask ask = permits.holder(run, permit);
    if (ask != null) {
      permits.end(ask, ending, millis, now);
    } else if (!permits.endLate(permit, ending, now)) {
      books.tally.staleDones++;
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
    Ask ask = permits.holder(run, permit);
    if (ask == null) {
      books.tally.staleDones++;
      if (books.asks.get(run) == null) {
        books.refuse(run, Refusal.QUIET_BUDGET, "nothing is known of permit " + permit);
      }
      return;
    }
    books.tally.doubted++;
    boolean loaded = Objects.requireNonNull(ask.server).aboveCoresSince(ask.grantedEvent);
    permits.ranWell(ask, millis, now);
    if (!loaded || ask.want.quiet()) {
      books.tally.believed++;
      books.decided.add(new Decision.Believed(run));
    } else {
      admission.admit(quiet, now);
    }
  }

  /**
   * A node holds this permit of an earlier term: it is as if it had been given here.
   *
   * @param agoMillis how long ago it was given
   */
  public void adopt(Want want, PermitId permit, String server, long agoMillis, long now) {
    begin(now);
    Ask known = books.asks.get(want.run());
    if (known != null && !permit.equals(known.permit)) {
      leave(known, now);
    }
    permits.adopt(want, permit, server, agoMillis, now);
  }

  /** The node that held this permit does not answer, so its run may still be executing. */
  public void isolate(RunId run, PermitId permit, long now) {
    begin(now);
    Ask ask = permits.holder(run, permit);
    if (ask != null) {
      permits.quarantine(ask, (int) ask.heldMillis(now), now);
    }
  }

  /** A permit of an earlier term, of which nobody knows how it ended, keeps its slot for so long. */
  public void isolate(Holding permit, long now) {
    begin(now);
    permits.isolate(permit.permit(), permit.lane(), permit.server(), permit.leftMillis(), now);
  }

  /** A permit that was isolated is not in use after all. */
  public void release(PermitId permit, long now) {
    begin(now);
    permits.release(permit, now);
  }

  /** The permits of which nobody knows how they ended. */
  public List<Holding> quarantined(long now) {
    List<Holding> all = new ArrayList<>();
    permits.forEachQuarantined(ask -> all.add(ask.quarantined(now)));
    return all;
  }

  /** Adds a server, or changes what is known of one. */
  public void server(ServerView view, long now) {
    begin(now);
    books.servers.put(view, books.event);
    books.slotsChanged(now);
    admission.refuseHopeless(now);
  }

  /** Nothing is granted there any more; the permits that are out end as ever. */
  public void removeServer(String id, long now) {
    begin(now);
    books.servers.remove(id);
    books.slotsChanged(now);
    admission.refuseHopeless(now);
  }

  /** Adds a lane, or adjusts one; acts on the next grant. */
  public void lane(LaneSpec spec, long now) {
    begin(now);
    Lane lane = books.lanes.put(spec);
    permits.recountBulk();
    books.observeDemand(now);
    admission.renewDeadlines(lane);
  }

  /** Sets the least slots that are kept free of lanes which are not live; acts on the next grant. */
  public void reserveFloor(int least, long now) {
    begin(now);
    books.reserve.floor(least);
  }

  /** Sets what a tenant may ask. */
  public void tenant(TenantLimits limits, long now) {
    begin(now);
    books.tenant(limits.name()).limits = limits;
  }

  /** What time alone brings: patience that ends, quarantined permits whose deadline has come. */
  public void tick(long now) {
    begin(now);
    tickedAt = now;
    expire(now);
    if (now - sweptAt >= SWEEP) {
      sweptAt = now;
      permits.takeBackForgotten(now);
      books.lanes.forgetIdle(now - FORGET_IDLE);
    }
  }

  /** When {@link #tick} has something to do, {@link Long#MAX_VALUE} if never; it may move earlier with any event. */
  public long nextTickAt() {
    long next = books.deadlines.next();
    if (books.lanes.bulkWaiting > 0) {
      next = Math.min(next, tickedAt + RESERVE_TICK);
    }
    if (books.asks.size() > 0) {
      next = Math.min(next, sweptAt + SWEEP);
    }
    return next;
  }

  /** The next decision; the state changes with it. Null when there is nothing to do. */
  public @Nullable Decision next(long now) {
    if (books.deadlines.next() <= now) {
      expire(now);
    }
    Decision next = books.decided.poll();
    if (next == null) {
      next = grant(now);
    }
    if (next == null && admission.overflows()) {
      admission.refuseOverflow(now);
      next = books.decided.poll();
    }
    return next;
  }

  /** Why a run waits, and how long it probably will. */
  public Why why(RunId run, long now) {
    return books.estimates.why(run, books.asks.get(run), now);
  }

  /** The runs that have waited longest, the oldest first. */
  public List<Why> longestWaiting(int most, long now) {
    List<Ask> waiting = new ArrayList<>();
    books.asks.forEach(ask -> {
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
    laneViews.add(laneView(books.lanes.probes, now));
    for (Lane lane : books.lanes.ordered()) {
      laneViews.add(laneView(lane, now));
    }
    List<PoolView.ServerUse> uses = new ArrayList<>();
    for (Server server : books.servers.all()) {
      if (server.known) {
        uses.add(server.use());
      }
    }
    return new PoolView(
        laneViews,
        uses,
        books.servers.slots(),
        (int) Math.ceil(books.reserve.demand(now) - 1e-6),
        books.turns.reserve(now),
        permits.quarantined(),
        books.tally.view());
  }

  private void begin(long now) {
    if (books.event++ == 0) {
      tickedAt = now;
      sweptAt = now;
    }
  }

  private boolean isNew(Want want, long now) {
    Ask known = books.asks.get(want.run());
    if (known != null && known.want.attempt() >= want.attempt()) {
      books.tally.repeatedWants++;
      return false;
    }
    books.tally.wants++;
    if (known != null) {
      leave(known, now);
    }
    return true;
  }

  /** A later attempt takes its place. */
  private void leave(Ask known, long now) {
    if (known.waits()) {
      admission.withdraw(known, now);
    } else {
      permits.quarantine(known, 0, now);
    }
  }

  private void expire(long now) {
    for (Ask ask = books.deadlines.pollUntil(now);
        ask != null;
        ask = books.deadlines.pollUntil(now)) {
      if (ask.state == Ask.State.QUARANTINED) {
        permits.expire(ask, now);
      } else {
        admission.expire(ask, now);
      }
    }
  }

  private @Nullable Decision grant(long now) {
    Ask ask = books.turns.next(now);
    if (ask == null) {
      return null;
    }
    books.event++;
    books.deadlines.remove(ask);
    admission.stopWaiting(ask);
    books.lanes.starts(ask.lane);
    PermitId permit = permits.give(ask, now);
    Server server = Objects.requireNonNull(ask.server);
    return new Decision.Granted(
        ask.want.run(),
        permit,
        server.id,
        ask.waitedMillis(now),
        server.inUse,
        server.view.slots());
  }

  private static PoolView.LaneView laneView(Lane lane, long now) {
    return new PoolView.LaneView(lane.spec, lane.waiting, lane.oldestMillis(now), lane.inUse);
  }
}
