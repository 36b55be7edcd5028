package io.gradelane.core.fleet;

import io.gradelane.core.fleet.HostState.Draining;
import io.gradelane.core.fleet.HostState.Launching;
import io.gradelane.core.fleet.HostState.Ready;
import java.util.List;
import java.util.function.Supplier;

/**
 * Brings the number of hosts towards the target. Launching ones count where more are wanted; where fewer are, only ready
 * ones do, because only they serve.
 */
final class Growth {

  private final FleetRules rules;
  private final Supplier<HostId> names;

  Growth(FleetRules rules, Supplier<HostId> names) {
    this.rules = rules;
    this.names = names;
  }

  /**
   * @param strangers hosts that the provider has and the table does not: they count against the most
   * @return what stands in the way of the target, in a sentence; empty if nothing does
   */
  String follow(Draft draft, ScaleDecision decision, int strangers) {
    if (rules.scaling() != Scaling.AUTO) {
      return "";
    }
    int ready = draft.in(Ready.class).size();
    int wanted = decision.target() - ready - draft.in(Launching.class).size();
    if (wanted > 0) {
      return launch(draft, wanted - takeBack(draft, wanted, decision), strangers, decision);
    }
    if (ready > decision.target() && decision.mayShrink()) {
      drain(draft, ready - decision.target(), decision);
    }
    return ready > decision.target() && !decision.mayShrink()
        ? "Nothing is drained until the load of the last while is known."
        : "";
  }

  private int takeBack(Draft draft, int wanted, ScaleDecision decision) {
    int taken = 0;
    for (Host host : draft.in(Draining.class).reversed()) {
      Draining draining = (Draining) host.state();
      if (taken < wanted && draining.by() == Who.LOOP) {
        String why = decision.target() + " are wanted again";
        draft.move(host, draining.takenBack(why, draft.now()));
        taken++;
      }
    }
    return taken;
  }

  private String launch(Draft draft, int wanted, int strangers, ScaleDecision decision) {
    if (wanted > 0 && !draft.pause().over(draft.now())) {
      return "Launches have failed " + draft.pause().failures()
          + " times in a row: the next is tried at " + draft.pause().until() + ".";
    }
    int room = rules.max() - draft.count() - strangers;
    int count = Math.clamp(Math.min(wanted, rules.launchesAtOnce()), 0, Math.max(0, room));
    for (int i = 0; i < count; i++) {
      HostState state = HostState.launch(decision.target() + " are wanted", draft.now());
      draft.insert(Host.born(names.get(), "", "", state));
    }
    return room < wanted
        ? "The most of " + rules.max() + " counts those that are unhealthy or going: "
            + Math.max(0, room) + " of " + wanted + " could be launched."
        : "";
  }

  private static void drain(Draft draft, int surplus, ScaleDecision decision) {
    List<Host> oldest = draft.in(Ready.class);
    for (Host host : oldest.subList(0, surplus)) {
      String why = "only " + decision.target() + " are wanted, and it is the oldest";
      draft.move(host, ((Ready) host.state()).surplus(why, draft.now()));
    }
  }
}
