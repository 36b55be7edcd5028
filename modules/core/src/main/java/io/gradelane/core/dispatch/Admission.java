package io.gradelane.core.dispatch;

import io.gradelane.core.run.RunId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs on their way in: who may wait, who is refused, and who leaves a lane without a grant. */
final class Admission {

  private final Books books;

  /** Runs that came when their lane or tenant had as many waiting as it may; refused unless they can start at once. */
  private final ArrayDeque<Ask> overflow = new ArrayDeque<>();

  Admission(Books books) {
    this.books = books;
  }

  /** Lets a run in, or refuses it. */
  void admit(Want want, long now) {
    Ask ask = ask(want, now);
    if (ask == null) {
      return;
    }
    Refusal refusal = objection(ask, now);
    if (refusal != null) {
      books.kinds.release(ask.kind, books.servers);
      refuseNew(ask, refusal);
      return;
    }
    queue(ask, now);
    if (isOneTooMany(ask)) {
      overflow.add(ask);
    }
  }

  /** Lets a run in that an earlier dispatcher had let in: nothing is charged or counted again. */
  void readmit(Want want, long now) {
    Ask ask = ask(want, now);
    if (ask == null) {
      return;
    }
    if (!books.servers.hope(ask.kind)) {
      books.kinds.release(ask.kind, books.servers);
      refuseNew(ask, Refusal.NO_SERVER);
      return;
    }
    if (want.quiet()) {
      books.quietBudget.correct(want.costMillis(), now);
    }
    queue(ask, now);
  }

  /** A run that waits leaves, for whatever reason but a grant. */
  void withdraw(Ask ask, long now) {
    if (ask.state == Ask.State.HELD) {
      books.turns.letGo(ask);
    } else {
      ask.lane.remove(ask);
    }
    ask.state = Ask.State.GONE;
    books.asks.remove(ask);
    books.deadlines.remove(ask);
    books.lanes.waits(ask.lane, -1);
    stopWaiting(ask);
    ask.flow.idleSince = now;
    ask.flow.tenant.idleSince = now;
    if (ask.want.quiet()) {
      books.quietBudget.correct(-ask.want.costMillis(), now);
    }
    books.observe(ask.lane, now);
  }

  void stopWaiting(Ask ask) {
    ask.tenant().waiting--;
    ask.kind.asks--;
    books.kinds.release(ask.kind, books.servers);
  }

  /** Its patience has ended. */
  void expire(Ask ask, long now) {
    books.tally.expired++;
    withdraw(ask, now);
    books.refuse(ask.want.run(), Refusal.PATIENCE, "waited " + ask.waitedMillis(now) + " ms");
  }

  /** The lane's patience has changed. */
  void renewDeadlines(Lane lane) {
    books.asks.forEach(ask -> {
      if (ask.lane == lane && ask.waits()) {
        books.deadlines.remove(ask);
        ask.deadline = patienceEnds(ask.want, lane, ask.since);
        books.deadlines.add(ask);
      }
    });
  }

  /** Refuses those whose last candidate among the servers has gone. */
  void refuseHopeless(long now) {
    Kind kind = books.kinds.hopeless(books.servers);
    while (kind != null) {
      refuseAll(kind, now);
      kind = books.kinds.hopeless(books.servers);
    }
  }

  boolean overflows() {
    return !overflow.isEmpty();
  }

  /** Nothing more can be granted: those who came when their line was full, the newest first, until it no longer is. */
  void refuseOverflow(long now) {
    for (Ask ask = overflow.pollLast(); ask != null; ask = overflow.pollLast()) {
      if (ask.waits() && isOneTooMany(ask)) {
        boolean full = ask.lane.waiting > ask.lane.spec.maxQueued();
        withdraw(ask, now);
        refuseNew(ask, full ? Refusal.LANE_FULL : Refusal.TENANT_LIMIT);
        return;
      }
    }
  }

  private @Nullable Ask ask(Want want, long now) {
    Lane lane = books.lanes.of(want);
    if (lane == null) {
      RunId run = want.run();
      books.refuse(run, Refusal.UNKNOWN_LANE, "no lane " + want.lane());
      return null;
    }
    long since = now - Math.max(0, want.waitedMillis()) * Times.MILLI;
    Ask ask = books.ask(want, lane, since);
    ask.deadline = patienceEnds(want, lane, since);
    return ask;
  }

  /** Why a run is refused before it has begun to wait; null if it is not. */
  private @Nullable Refusal objection(Ask ask, long now) {
    Want want = ask.want;
    if (!books.servers.hope(ask.kind)) {
      return Refusal.NO_SERVER;
    }
    if (ask.lane.probes) {
      return null;
    }
    if (ask.deadline <= now || (!ask.again() && books.estimates.tooLate(ask, now))) {
      return Refusal.PATIENCE;
    }
    if (want.quiet()) {
      return books.quietBudget.take(want.costMillis(), now) ? null : Refusal.QUIET_BUDGET;
    }
    if (ask.again()) {
      return books.retries.take(now) ? null : Refusal.RETRY_BUDGET;
    }
    return ask.tenant().mayAsk(now) ? null : Refusal.TENANT_LIMIT;
  }

  private void queue(Ask ask, long now) {
    if (ask.lane.bulk() && books.lanes.bulkWaiting == 0) {
      books.turns.bulkBegins(now);
    }
    if (ask.want.quiet()) {
      books.tally.rerunQuiet++;
    }
    books.asks.put(ask);
    books.deadlines.add(ask);
    ask.kind.asks++;
    ask.tenant().waiting++;
    ask.lane.add(ask);
    books.lanes.waits(ask.lane, 1);
    books.observe(ask.lane, now);
  }

  /** Only first attempts: what comes back had its place already. */
  private static boolean isOneTooMany(Ask ask) {
    return !ask.again()
        && !ask.lane.probes
        && (ask.lane.waiting > ask.lane.spec.maxQueued() || ask.tenant().tooManyWait());
  }

  private void refuseAll(Kind kind, long now) {
    List<Ask> hopeless = new ArrayList<>();
    books.asks.forEach(ask -> {
      if (ask.kind == kind && ask.waits()) {
        hopeless.add(ask);
      }
    });
    for (Ask ask : hopeless) {
      withdraw(ask, now);
      refuseNew(ask, Refusal.NO_SERVER);
    }
  }

  private void refuseNew(Ask ask, Refusal reason) {
    books.refuse(ask.want.run(), reason, books.estimates.words(ask, reason));
  }

  private static long patienceEnds(Want want, Lane lane, long since) {
    return Times.after(
        since, Math.min(want.patienceMillis(), lane.spec.patience().toMillis()));
  }
}
