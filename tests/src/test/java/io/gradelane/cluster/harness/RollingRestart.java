package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Load.Target;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Every node is told to leave, one after the other, and started again: what a new version does. */
final class RollingRestart implements Drill {

  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private final Balancer balancer;

  RollingRestart(Balancer balancer) {
    this.balancer = balancer;
  }

  @Override
  public String name() {
    return "rolling-" + balancer.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String says() {
    return "planned leave and start of all three nodes, one by one, under 200 requests a second through "
        + balancer;
  }

  @Override
  public int often() {
    return 3;
  }

  @Override
  public Sheet run(int times) {
    try (Arena arena = Arena.open(name())) {
      Target front = arena.front(balancer);
      int clumsy = 0;
      double gap = 0;
      try (Load load = arena.steady(List.of(front))) {
        for (int time = 0; time < times * Arena.NODES; time++) {
          load.keepOn(BETWEEN);
          Node node = arena.nodes().get(time % Arena.NODES);
          long told = System.nanoTime();
          clumsy += node.leave() == 0 ? 0 : 1;
          gap = Math.max(gap, arena.pool().longestGap(told, System.nanoTime()) / 1e6);
          node.start();
          node.awaitReady();
        }
        load.keepOn(BETWEEN);
      }
      return arena
          .sheet(name())
          .add(Figure.count("nodes that did not exit with 0", clumsy, 0))
          .add(Figure.millis("longest time without a grant while one left", gap, 100))
          .add(Figure.count("most runs on one server", arena.mostInFlight(), Arena.SLOTS));
    }
  }
}
