package io.gradelane.core.fleet;

import java.util.List;

/**
 * What is to be done now.
 *
 * @param actions in their order
 * @param hosts the living ones as the actions, if all succeed, leave them
 * @param why how many there should be, and what stands in the way, in sentences
 */
public record FleetPlan(
    List<FleetAction> actions,
    List<Host> hosts,
    ScaleDecision decision,
    String why,
    Memory memory) {

  public FleetPlan {
    actions = List.copyOf(actions);
    hosts = List.copyOf(hosts);
  }
}
