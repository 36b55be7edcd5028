package io.gradelane.sim.nodes;

import static io.gradelane.sim.nodes.Timeline.MILLI;

import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.dispatch.Holding;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.sim.nodes.Encounters.Met;
import java.util.List;

/** What must hold of a cluster: somebody dispatches, permits come back, and in the end all agree. */
final class ClusterRules {

  /** After so long without a new permit a bound on leaks holds. */
  private static final long LEAK = 3_000 * MILLI;

  private final Cluster cluster;

  /** When the pool lost its owner, and by when it must have another; 0 if it has one. */
  private long ownerlessSince;

  private long ownerDueAt = Long.MAX_VALUE;

  ClusterRules(Cluster cluster) {
    this.cluster = cluster;
  }

  void lostOwner(long withinMillis) {
    if (cluster.weather != Weather.STORM && ownerlessSince == 0) {
      ownerlessSince = cluster.now();
      ownerDueAt = cluster.now() + withinMillis * MILLI;
    }
  }

  /** After each event: the pool has an owner again in time. */
  void dueOwner() {
    if (ownerlessSince == 0) {
      return;
    }
    boolean owned = cluster.nodes().stream().anyMatch(node -> node.owns() && !node.frozen);
    if (owned) {
      ownerlessSince = 0;
      ownerDueAt = Long.MAX_VALUE;
    } else if (cluster.now() > ownerDueAt) {
      throw new AssertionError("nobody dispatches, " + (cluster.now() - ownerlessSince) / MILLI
          + " ms after the owner was lost: " + stances());
    }
  }

  /** Once a second: nobody counts permits as out that ended more than three seconds ago. */
  void audit() {
    for (SimNode node : cluster.nodes()) {
      Dispatcher dispatcher = node.node.dispatcher();
      if (node.owns() && !node.frozen && dispatcher != null) {
        audit(node, dispatcher);
      }
    }
    cluster.at(1_000, this::audit);
  }

  private void audit(SimNode node, Dispatcher dispatcher) {
    List<Holding> quarantined = dispatcher.quarantined(node.now());
    cluster.encounters.met(Met.ISOLATED, quarantined.size());
    quarantined.forEach(holding -> cluster.truth.isolated(holding, node.name, cluster.now()));
    if (cluster.weather.faults()) {
      return;
    }
    Truth truth = cluster.truth;
    truth.told.values().removeIf(told -> told.ended < cluster.now() - LEAK);
    for (PoolView.ServerUse use : dispatcher.view(node.now()).servers()) {
      long lost =
          quarantined.stream().filter(each -> each.server().equals(use.id())).count();
      long young = truth.told.values().stream()
          .filter(told -> told.server.equals(use.id()))
          .count();
      if (use.inUse() - lost > young) {
        throw new AssertionError(node.name + " counts " + use.inUse() + " permits out on "
            + use.id() + ", " + lost + " of them lost; " + young
            + " are held or have ended in the last 3 s");
      }
    }
  }

  boolean isQuiet() {
    return cluster.truth.quiet() && left().isEmpty();
  }

  /** What has not ended, in words. */
  String left() {
    StringBuilder left = new StringBuilder();
    for (SimNode node : cluster.nodes()) {
      if (node.alive && node.open() > 0) {
        left.append(node.name).append(" has ").append(node.open()).append(" runs; ");
      }
      Dispatcher dispatcher = node.node.dispatcher();
      if (node.alive && dispatcher != null) {
        PoolView view = dispatcher.view(node.now());
        view.servers().stream()
            .filter(use -> use.inUse() > 0)
            .forEach(use -> left.append(node.name).append(' ').append(use).append("; "));
        view.lanes().stream()
            .filter(lane -> lane.depth() > 0)
            .forEach(lane -> left.append(node.name).append(' ').append(lane).append("; "));
      }
    }
    return left.toString();
  }

  /** At the end: one owner, whom all follow, and the same lanes everywhere. */
  void allIsBack() {
    List<SimNode> owners = cluster.nodes().stream().filter(SimNode::owns).toList();
    List<SimNode> alive = cluster.nodes().stream().filter(node -> node.alive).toList();
    if (!alive.isEmpty() && owners.size() != 1) {
      throw new AssertionError("owners at the end: " + stances());
    }
    for (SimNode node : alive) {
      if (!node.node.stance().term().equals(owners.getFirst().node.stance().term())) {
        throw new AssertionError("not all follow the owner: " + stances());
      }
      if (!node.lanes.all().equals(owners.getFirst().lanes.all())) {
        throw new AssertionError(node.name + " knows other lanes: " + node.lanes.all());
      }
    }
  }

  private String stances() {
    StringBuilder all = new StringBuilder();
    cluster.nodes().stream()
        .filter(node -> node.alive)
        .forEach(node -> all.append(node.name)
            .append(node.frozen ? " (frozen) " : " ")
            .append(node.node.stance())
            .append("; "));
    return all.toString();
  }
}
