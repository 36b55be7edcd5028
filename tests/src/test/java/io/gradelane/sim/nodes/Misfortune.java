package io.gradelane.sim.nodes;

import static io.gradelane.sim.nodes.Timeline.MILLI;

import io.gradelane.sim.nodes.Encounters.Met;
import java.util.ArrayList;
import java.util.List;

/** What befalls the nodes of a cluster: they are killed, freeze, leave, join, and are cut off from each other. */
final class Misfortune {

  private final Cluster cluster;
  private boolean over;

  Misfortune(Cluster cluster) {
    this.cluster = cluster;
  }

  /** The next one, and then the one after it. */
  void befall() {
    if (over) {
      return;
    }
    List<Runnable> possible = possible();
    if (!possible.isEmpty()) {
      possible.get(cluster.random.nextInt(possible.size())).run();
    }
    long pause = cluster.weather == Weather.STORM ? 1_000 : 12_000;
    cluster.at(pause + cluster.random.nextInt(10_000), this::befall);
  }

  /** Nothing befalls them any more, and who is frozen goes on. */
  void mend() {
    over = true;
    for (SimNode node : cluster.nodes()) {
      node.stopClock(false);
      if (node.frozen) {
        node.thaw();
      }
    }
  }

  private List<Runnable> possible() {
    List<SimNode> up = cluster.nodes().stream()
        .filter(node -> node.alive && !node.frozen && !node.leaving)
        .toList();
    SimNode any = up.isEmpty() ? null : up.get(cluster.random.nextInt(up.size()));
    SimNode owner = up.stream().filter(SimNode::owns).findFirst().orElse(any);
    SimNode victim = cluster.random.nextBoolean() ? owner : any;
    List<Runnable> possible = new ArrayList<>();
    if (victim != null && up.size() > 1) {
      possible.addAll(possible(victim));
    }
    if (up.size() < 5) {
      possible.add(cluster::join);
    }
    return possible;
  }

  private List<Runnable> possible(SimNode victim) {
    Weather weather = cluster.weather;
    List<Runnable> possible = new ArrayList<>();
    if (weather.kills) {
      possible.add(() -> kill(victim));
    }
    if (weather.freezes) {
      possible.add(() -> freeze(victim));
      possible.add(() -> stopClock(victim));
    }
    if (weather.leaves) {
      possible.add(() -> leave(victim));
    }
    if (weather.splits && cluster.network.isWhole()) {
      possible.add(() -> cluster.network.split(cluster.nodes()));
    }
    return possible;
  }

  private void kill(SimNode node) {
    cluster.say("kill " + node.name);
    met(node, Met.KILLED_OWNER, Met.KILLED_FOLLOWER);
    if (node.owns()) {
      cluster.rules.lostOwner(5_000 + 1_200);
    }
    node.alive = false;
    cluster.acted(node);
  }

  private void freeze(SimNode node) {
    long millis = cluster.random.nextBoolean() ? cluster.random.nextLong(100, 4_000) : 20_000;
    cluster.say("freeze " + node.name + " for " + millis);
    met(node, Met.FROZE_OWNER, Met.FROZE_FOLLOWER);
    if (node.owns() && millis > 5_000) {
      cluster.rules.lostOwner(5_000);
    }
    node.frozen = true;
    cluster.at(millis, () -> {
      cluster.say("thaw " + node.name);
      node.thaw();
    });
  }

  /** As when a virtual machine is moved: it goes on, but for its clock no time has passed. */
  private void stopClock(SimNode node) {
    cluster.encounters.met(Met.CLOCK_STOOD_STILL);
    cluster.say("clock of " + node.name + " stands still");
    node.stopClock(true);
    cluster.at(cluster.random.nextLong(100, 2_000), () -> node.stopClock(false));
  }

  private void leave(SimNode node) {
    cluster.say("leave " + node.name);
    met(node, Met.LEFT_OWNER, Met.LEFT_FOLLOWER);
    node.leaving = true;
    if (node.owns() && cluster.weather == Weather.LEAVES) {
      cluster.rules.lostOwner(100);
    }
    node.act(() -> node.node.leave(node.now()));
    cluster.at(100, () -> goWhenEmpty(node, cluster.now() + 30_000 * MILLI));
  }

  private void goWhenEmpty(SimNode node, long latest) {
    if ((node.open() == 0 && node.node.hasSaidAll()) || cluster.now() > latest) {
      cluster.say("gone " + node.name);
      node.alive = false;
      cluster.acted(node);
    } else {
      cluster.at(100, () -> goWhenEmpty(node, latest));
    }
  }

  private void met(SimNode node, Met owner, Met follower) {
    cluster.encounters.met(node.owns() ? owner : follower);
  }
}
