package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Load.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The owner's JVM stands still for a while and then goes on as if nothing had been. */
final class FreezeOwner implements Drill {

  private static final Duration BEFORE = Duration.ofSeconds(3);
  private static final Duration FROZEN = Duration.ofSeconds(20);
  private static final Duration AFTER = Duration.ofSeconds(8);
  private static final int SHARE = Arena.SLOTS + Math.ceilDiv(Arena.SLOTS, Arena.NODES);

  @Override
  public String name() {
    return "freeze-owner";
  }

  @Override
  public String says() {
    return "the owner is stopped for 20 s and continued, under 200 requests a second, half of them through HAProxy";
  }

  @Override
  public int often() {
    return 3;
  }

  @Override
  public Sheet run(int times) {
    try (Arena arena = Arena.open(name())) {
      Target front = arena.front(Balancer.HAPROXY);
      double gap = 0;
      double thawed = 0;
      double healed = 0;
      for (int time = 0; time < times; time++) {
        Node owner = arena.owner();
        long struck = once(arena, owner, front);
        long thaw = struck + FROZEN.toNanos();
        gap = Math.max(gap, arena.pool().longestGap(struck, thaw) / 1e6);
        thawed = Math.max(thawed, arena.pool().longestGap(thaw, arena.pool().lastArrival()) / 1e6);
        healed = Math.max(healed, arena.awaitOneOwner());
      }
      return arena
          .sheet(name())
          .add(Figure.millis("longest time without a grant", gap, 5000))
          .add(Figure.millis("longest time without a grant, thawed", thawed, 5000))
          .add(Figure.told("until all agree again, after that", healed, "ms"))
          .add(Figure.count("most runs on one server", arena.mostInFlight(), SHARE));
    }
  }

  private static long once(Arena arena, Node owner, Target front) {
    List<Target> targets = new ArrayList<>(List.of(front, front));
    arena.others(owner).forEach(node -> targets.add(Target.of(node)));
    try (Load load = arena.steady(targets)) {
      load.keepOn(BEFORE);
      long struck = System.nanoTime();
      arena.fault(struck, FROZEN.plus(AFTER));
      owner.freeze();
      load.keepOn(FROZEN);
      owner.thaw();
      load.keepOn(AFTER);
      return struck;
    }
  }
}
