package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Load.Target;
import java.time.Duration;
import java.util.List;

/** One node after the other is killed and comes back, under a load that never stops. */
final class KillAgain implements Drill {

  private static final Duration BETWEEN = Duration.ofSeconds(2);
  private static final Duration SHOCK = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "kill-again";
  }

  @Override
  public String says() {
    return "kill -9 of one node after the other, each started again, under 200 requests a second through HAProxy";
  }

  @Override
  public int often() {
    return 30;
  }

  /** Enough to see whether the members that were killed add up. */
  @Override
  public int oftenAsTest() {
    return 4;
  }

  @Override
  public Sheet run(int times) {
    try (Arena arena = Arena.open(name())) {
      Target front = arena.front(Balancer.HAPROXY);
      try (Load load = arena.steady(List.of(front))) {
        for (int time = 0; time < times; time++) {
          load.keepOn(BETWEEN);
          once(arena, time);
        }
        load.keepOn(BETWEEN);
      }
      return arena
          .sheet(name())
          .add(Figure.told("kills", times, ""))
          .add(Figure.told("most runs on one server", arena.mostInFlight(), ""));
    }
  }

  /** Every second time it is the owner. */
  private static void once(Arena arena, int time) {
    Node victim = time % 2 == 0 ? arena.owner() : arena.nodes().get(time % Arena.NODES);
    arena.fault(System.nanoTime(), SHOCK);
    victim.kill();
    victim.start();
    victim.awaitReady();
  }
}
