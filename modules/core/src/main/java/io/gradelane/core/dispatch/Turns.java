package io.gradelane.core.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is, and where it goes. In this order:
 *
 * <ol>
 *   <li>a quiet run whose server has been emptied to its cores;
 *   <li>probe runs;
 *   <li>lanes that are not live while they have no slot at all: they always keep one (in a pool of one slot: every 10
 *       minutes);
 *   <li>lanes that have less than their {@code min}, by priority;
 *   <li>lanes by priority.
 * </ol>
 *
 * <p>Lanes that are not live stop at {@code S − R} slots in all, and on each server at its part of that.
 *
 * <p><b>Quiet runs</b> wait for their turn like any other run of their flow, at its front; priority delays them as long
 * as it delays their lane. When the turn comes and no server has fewer than {@code cores} permits out, the one that
 * will have soonest is set aside: nothing else starts there until the quiet run has, so they can't starve in a pool
 * that is always full. At most one server and a tenth of the pool is set aside at a time. While live runs wait, lanes
 * that are not live set a server aside only once a minute.
 */
final class Turns {

  private static final long LONE_SLOT_TURN = 10 * Times.MINUTE;
  private static final long BULK_HOLD_TURN = Times.MINUTE;

  private final Lanes lanes;
  private final Servers servers;
  private final Kinds kinds;
  private final Reserve reserve;
  private final Affinity affinity;
  private final List<Server> held = new ArrayList<>();

  /** When lanes that are not live last got a slot, or began to wait. */
  private long bulkSince;

  private long bulkHoldAt = Long.MIN_VALUE / 2;

  /** For which side {@link Kind#open} was last set. */
  private @Nullable Boolean openFor;

  private long openMask;

  Turns(Lanes lanes, Servers servers, Kinds kinds, Reserve reserve, Affinity affinity) {
    this.lanes = lanes;
    this.servers = servers;
    this.kinds = kinds;
    this.reserve = reserve;
    this.affinity = affinity;
  }

  /** The run to start now, with its server set, out of its queue; null if none can. */
  @Nullable
  Ask next(long now) {
    reserve.observe(Math.min(lanes.liveDemand, servers.slots()), now);
    openFor = null;
    Ask ask = fromHeld(now);
    if (ask == null) {
      ask = turn(now);
      while (ask != null && ask.state == Ask.State.HELD) {
        openFor = null;
        ask = turn(now);
      }
    }
    if (ask != null && ask.lane.bulk()) {
      bulkSince = now;
    }
    return ask;
  }

  /** A lane that is not live has runs waiting again. */
  void bulkBegins(long now) {
    bulkSince = now;
  }

  /** A run that holds a server gives it up. */
  void letGo(Ask ask) {
    Server server = Objects.requireNonNull(ask.server);
    servers.letGo(server);
    held.remove(server);
    ask.server = null;
    ask.state = Ask.State.WAITING;
  }

  int held() {
    return held.size();
  }

  int reserve(long now) {
    return reserve.size(servers.slots(), now);
  }

  /** Whether {@code lane} may take one more of the pool's slots, servers apart. */
  boolean withinReserve(Lane lane, long now) {
    return !lane.bulk() || servers.bulkInUse() < Math.max(1, servers.slots() - reserve(now));
  }

  private @Nullable Ask fromHeld(long now) {
    for (int i = held.size() - 1; i >= 0; i--) {
      Server server = held.get(i);
      Ask ask = Objects.requireNonNull(server.heldFor);
      boolean possible = server.grantable() && servers.mayUse(ask.kind, server);
      boolean allowed = ask.lane.mayGrant()
          && ask.tenant().mayStart()
          && withinReserve(ask.lane, now)
          && servers.leavesReserve(server, ask.lane.bulk(), reserve(now));
      if (!possible || !allowed) {
        letGo(ask);
        ask.lane.add(ask);
      } else if (server.calm()) {
        letGo(ask);
        ask.server = server;
        return ask;
      }
    }
    return null;
  }

  private @Nullable Ask turn(long now) {
    Ask ask = lanes.probes.waiting > 0 ? from(lanes.probes, now) : null;
    if (ask == null && bulkIsOwed(now)) {
      ask = firstOf(now, true, false);
    }
    if (ask == null) {
      ask = firstOf(now, false, true);
    }
    return ask != null ? ask : firstOf(now, false, false);
  }

  private @Nullable Ask firstOf(long now, boolean onlyBulk, boolean onlyBelowMin) {
    for (Lane lane : lanes.ordered()) {
      if ((!onlyBulk || lane.bulk()) && (!onlyBelowMin || lane.belowMin())) {
        Ask ask = from(lane, now);
        if (ask != null) {
          return ask;
        }
      }
    }
    return null;
  }

  private boolean bulkIsOwed(long now) {
    return lanes.bulkWaiting > 0
        && servers.bulkInUse() == 0
        && (servers.slots() > 1 || now - bulkSince >= LONE_SLOT_TURN);
  }

  /** The lane's next run with its server; a quiet one may only have had a server set aside. */
  private @Nullable Ask from(Lane lane, long now) {
    if (!lane.mayGrant()) {
      return null;
    }
    long open = open(lane.bulk(), now);
    Ask ask = lane.hasAny(open) ? lane.pick(open) : null;
    if (ask != null) {
      lane.remove(ask);
      ask.server = affinity.choose(ask, servers, lane.bulk(), reserve(now), now);
      if (ask.server == null) {
        setAside(ask, now);
      }
    }
    return ask;
  }

  private void setAside(Ask ask, long now) {
    Server server =
        Objects.requireNonNull(servers.soonestCalm(ask.kind, ask.lane.bulk(), reserve(now)));
    servers.setAside(server, ask);
    ask.server = server;
    held.add(server);
    ask.state = Ask.State.HELD;
    if (ask.lane.bulk()) {
      bulkHoldAt = now;
    }
  }

  /** Which kinds can go somewhere now, as a mask and in {@link Kind#open}. */
  private long open(boolean bulk, long now) {
    if (openFor != null && openFor == bulk) {
      return openMask;
    }
    int kept = bulk ? reserve(now) : 0;
    boolean shut = bulk && servers.bulkInUse() >= Math.max(1, servers.slots() - kept);
    openMask = 0;
    for (int i = 0; i < kinds.size(); i++) {
      Kind kind = kinds.get(i);
      kind.open = !shut && kind.waiting > 0 && canGo(kind, bulk, kept, now);
      if (kind.open) {
        openMask |= kind.bit;
      }
    }
    openFor = bulk;
    return openMask;
  }

  private boolean canGo(Kind kind, boolean bulk, int kept, long now) {
    return servers.anyTakes(kind, bulk, kept)
        || (kind.quiet() && mayHold(bulk, now) && servers.soonestCalm(kind, bulk, kept) != null);
  }

  private boolean mayHold(boolean bulk, long now) {
    return held.size() < 1 + servers.all().size() / 10
        && (!bulk || lanes.liveWaiting == 0 || now - bulkHoldAt >= BULK_HOLD_TURN);
  }
}
