package io.gradelane.core.fleet;

import java.util.List;
import java.util.function.Supplier;

/**
 * What one pass of the loop decides: compares, in this order, the listing with the table, the hosts with their time, and
 * their number with the target, and says what is to be done. Pure: it does nothing itself, and remembers nothing that is
 * not in its answer.
 */
public final class FleetPlanner {

  private final FleetRules rules;
  private final Scaler scaler;
  private final Reconciler reconciler;
  private final Lifecycle lifecycle;
  private final Growth growth;

  /** @param names new ids, none of which has ever been given before */
  public FleetPlanner(FleetRules rules, Supplier<HostId> names) {
    this.rules = rules;
    scaler = new Scaler(rules);
    reconciler = new Reconciler(rules, names);
    lifecycle = new Lifecycle(rules);
    growth = new Growth(rules, names);
  }

  public FleetPlan plan(FleetView view, Memory before) {
    Draft draft = new Draft(view, before.pause());
    Memory memory = reconciler.reconcile(draft, view.listing(), before);
    lifecycle.arrive(draft, view.answering());
    lifecycle.fail(draft, view.pool());
    Desires desires = scaler.remember(view.outlook(), before.desires());
    ScaleDecision decision = scaler.decide(view.outlook(), desires);
    String obstacle = growth.follow(draft, decision, memory.unknown().size());
    lifecycle.end(draft, view.pool());
    Requests.ofProvider(draft, rules);
    Requests.ofPool(draft, view.pool());
    List<Host> after = draft.hosts();
    return new FleetPlan(
        draft.actions(),
        after,
        decision,
        why(decision, after, obstacle),
        memory.with(desires).with(draft.pause()));
  }

  private String why(ScaleDecision decision, List<Host> hosts, String obstacle) {
    String scaling = switch (rules.scaling()) {
      case AUTO -> decision.why();
      case HAND -> "Hosts are launched and drained by hand.";
      case FIXED -> "The hosts are those that the provider lists.";
    };
    return String.join(" ", List.of(Census.of(hosts).words(), scaling, obstacle))
        .strip();
  }
}
