package io.gradelane.core.dispatch;

import io.gradelane.core.lane.LaneSpec;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One waiting line: its fair queue, its counts. Written by the dispatcher's context only. */
final class Lane {

  private static final double MEAN_WEIGHT = 1.0 / 32;

  LaneSpec spec;
  final boolean probes;

  /** Runs waiting, those that hold a server included. */
  int waiting;

  /** Slots in use, those of lost runs included until their deadline. */
  int inUse;

  /** Mean slot time of the runs that ended, in milliseconds; see {@link #ended}. */
  double meanMillis;

  /** Runs ended since the start. */
  long ended;

  long lastEndedAt;

  private final FairRing<TenantFlows> ring = new FairRing<>();
  private final KindCounts kinds = new KindCounts();
  private final Map<String, TenantFlows> tenants = new HashMap<>();

  Lane(LaneSpec spec, boolean probes) {
    this.spec = spec;
    this.probes = probes;
  }

  boolean live() {
    return spec.live();
  }

  /** A lane whose runs count in the reserve, on the side that uses it. */
  boolean countsAsLive() {
    return spec.live() && !probes;
  }

  /** A lane that leaves the reserve alone. */
  boolean bulk() {
    return !spec.live() && !probes;
  }

  boolean belowCap() {
    return inUse < spec.cap();
  }

  boolean belowMin() {
    return inUse < spec.min();
  }

  /** Whether a run of it could be granted, a server permitting. */
  boolean mayGrant() {
    return waiting > 0 && !spec.paused() && belowCap();
  }

  TenantFlows tenant(Tenant tenant) {
    TenantFlows flows = tenants.get(tenant.limits.name());
    if (flows == null) {
      flows = new TenantFlows(tenant);
      tenants.put(tenant.limits.name(), flows);
    }
    return flows;
  }

  void add(Ask ask) {
    TenantFlows flows = ask.flow.tenant;
    if (flows.waiting == 0) {
      ring.join(flows);
    }
    flows.add(ask);
    kinds.add(ask.kind);
    ask.kind.waiting++;
  }

  void remove(Ask ask) {
    TenantFlows flows = ask.flow.tenant;
    flows.remove(ask);
    kinds.remove(ask.kind);
    ask.kind.waiting--;
    if (flows.waiting == 0) {
      ring.leave(flows);
    }
  }

  boolean hasAny(long open) {
    return (kinds.mask() & open) != 0;
  }

  /** The run whose turn it is among those of open kinds; null if there is none. */
  @Nullable
  Ask pick(long open) {
    TenantFlows flows = ring.pick(open);
    return flows == null ? null : flows.pick(open);
  }

  /** A permit was given out: its estimated slot time is charged to tenant and user. */
  void granted(Ask ask) {
    UserFlow user = ask.flow;
    TenantFlows tenant = user.tenant;
    ring.charge(tenant, ask.want.costMillis());
    tenant.ring.charge(user, ask.want.costMillis());
    tenant.inFlight++;
    user.inFlight++;
  }

  /** What it took is known: the estimate is put right. */
  void corrected(Ask ask, int millis, long now) {
    UserFlow user = ask.flow;
    long difference = (long) millis - ask.want.costMillis();
    user.used += difference;
    user.tenant.used += difference;
    user.inFlight--;
    user.tenant.inFlight--;
    user.idleSince = now;
    user.tenant.idleSince = now;
  }

  /** Remembers how long a run took that a server really ran. */
  void measured(int millis, long now) {
    meanMillis = ended == 0 ? millis : meanMillis + (millis - meanMillis) * MEAN_WEIGHT;
    ended++;
    lastEndedAt = now;
  }

  /** Runs of other tenants that come first if all take turns, {@code most} of each at most. */
  int othersBefore(TenantFlows own, int most) {
    return Estimates.others(ring, own, most);
  }

  /** How long the oldest waiting run has waited, in milliseconds; those that hold a server are not looked at. */
  long oldestMillis(long now) {
    long oldest = 0;
    for (TenantFlows flows : tenants.values()) {
      oldest = Math.max(oldest, flows.oldestMillis(now));
    }
    return oldest;
  }

  /** Forgets tenants and users who have been idle since before {@code time}. */
  void forgetIdle(long time) {
    for (TenantFlows flows : tenants.values()) {
      flows.forgetIdle(time);
    }
    tenants.values().removeIf(flows -> flows.idle() && flows.idleSince < time);
  }
}
