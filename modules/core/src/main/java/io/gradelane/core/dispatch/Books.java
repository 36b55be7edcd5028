package io.gradelane.core.dispatch;

import io.gradelane.core.run.RunId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** What the parts of a {@link Dispatcher} share: who waits, who has which slot, and what has been decided. */
final class Books {

  final Lanes lanes;
  final Servers servers = new Servers();
  final Kinds kinds = new Kinds();
  final AskTable asks = new AskTable();
  final Deadlines deadlines = new Deadlines();
  final Reserve reserve;
  final RetryBudget retries;
  final QuietBudget quietBudget;
  final Affinity affinity;
  final Turns turns;
  final Estimates estimates;
  final ArrayDeque<Decision> decided = new ArrayDeque<>();
  final Tally tally = new Tally();
  private final Map<String, Tenant> tenants = new HashMap<>();

  /** Counts what has happened, grants included. */
  long event;

  Books(PoolRules rules) {
    lanes = new Lanes(rules.lanes());
    affinity = new Affinity(rules.allocation());
    reserve = new Reserve(rules.reserveFloor(), rules.demandWindow().toNanos());
    retries = new RetryBudget(rules.retryRatio());
    quietBudget = new QuietBudget(rules.quietShare());
    turns = new Turns(lanes, servers, kinds, reserve, affinity);
    estimates = new Estimates(lanes, servers, turns);
  }

  Tenant tenant(String name) {
    Tenant tenant = tenants.get(name);
    if (tenant == null) {
      tenant = new Tenant(TenantLimits.none(name));
      tenants.put(name, tenant);
    }
    return tenant;
  }

  /** An ask for what {@code want} says, known to nobody yet. */
  Ask ask(Want want, Lane lane, long since) {
    UserFlow flow = lane.tenant(tenant(want.tenant())).user(want.user());
    return new Ask(want, lane, flow, kinds.of(want), since);
  }

  void refuse(RunId run, Refusal reason, String text) {
    tally.refused++;
    switch (reason) {
      case RETRY_BUDGET -> tally.refusedRetries++;
      case QUIET_BUDGET -> tally.unlooked++;
      default -> {}
    }
    decided.add(new Decision.Refused(run, reason, text));
  }

  /** Something has changed in {@code lane} that the reserve may follow. */
  void observe(Lane lane, long now) {
    if (lane.countsAsLive()) {
      observeDemand(now);
    }
  }

  /** No more than the pool has slots: no reserve could give the live lanes more than those. */
  void observeDemand(long now) {
    reserve.observe(Math.min(lanes.liveDemand, servers.slots()), now);
  }

  void slotsChanged(long now) {
    retries.slots(servers.slots());
    observeDemand(now);
  }
}
