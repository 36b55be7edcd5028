package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Load.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The owner's JVM is killed; half of the clients come through HAProxy, the others ask the other nodes directly. */
final class KillOwner implements Drill {

  private static final Duration BEFORE = Duration.ofSeconds(3);
  private static final Duration AFTER = Duration.ofSeconds(6);

  /** One beat's grants to the dead node, on each server. */
  private static final int UNKNOWN_GRANTS =
      Math.ceilDiv(Arena.PER_SECOND / 2, Arena.NODES * Arena.SERVERS);

  @Override
  public String name() {
    return "kill-owner";
  }

  @Override
  public String says() {
    return "kill -9 of the node that owns the pool, under 200 requests a second, half of them through HAProxy";
  }

  @Override
  public int often() {
    return 5;
  }

  @Override
  public Sheet run(int times) {
    try (Arena arena = Arena.open(name())) {
      Target front = arena.front(Balancer.HAPROXY);
      double gap = 0;
      for (int time = 0; time < times; time++) {
        gap = Math.max(gap, once(arena, front));
      }
      boolean[] direct = {false, true};
      return arena
          .sheet(name())
          .add(Figure.count("errors of clients of other nodes", errors(arena, front, direct[1]), 0))
          .add(Figure.count(
              "errors of clients behind the balancer", errors(arena, front, direct[0]), 0))
          .add(Figure.millis("longest time without a grant", gap, 2000))
          .add(Figure.count(
              "most runs on one server", arena.mostInFlight(), Arena.SLOTS + UNKNOWN_GRANTS));
    }
  }

  private static double once(Arena arena, Target front) {
    Node owner = arena.owner();
    List<Target> targets = new ArrayList<>(List.of(front, front));
    arena.others(owner).forEach(node -> targets.add(Target.of(node)));
    long struck;
    try (Load load = arena.steady(targets)) {
      load.keepOn(BEFORE);
      struck = System.nanoTime();
      owner.kill();
      load.keepOn(AFTER);
    }
    arena.fault(struck, AFTER);
    owner.start();
    owner.awaitReady();
    return arena.pool().longestGap(struck, struck + AFTER.toNanos()) / 1e6;
  }

  private static int errors(Arena arena, Target front, boolean direct) {
    return arena.history().notRight(call -> call.target().equals(front.name()) != direct);
  }
}
