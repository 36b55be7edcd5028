package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Arena.Setting;
import io.gradelane.cluster.harness.Load.Target;
import java.time.Duration;
import java.util.List;

/** One node sees no other for a while; clients and servers see all of them. */
final class Partition implements Drill {

  private static final Duration BEFORE = Duration.ofSeconds(3);
  private static final Duration DETECTION = Duration.ofSeconds(15);
  private static final Duration AFTER = Duration.ofSeconds(5);

  /** What a side of one may use besides the others' full slots. */
  private static final int SHARED = Arena.SLOTS + Math.ceilDiv(Arena.SLOTS, Arena.NODES);

  private final Duration parted;

  Partition(Duration parted) {
    this.parted = parted;
  }

  @Override
  public String name() {
    return "partition";
  }

  @Override
  public String says() {
    return "one node cut off from the other two for " + parted.toSeconds()
        + " s, clients on both sides asking for more than there are slots";
  }

  @Override
  public int often() {
    return 10;
  }

  @Override
  public Sheet run(int times) {
    try (Namespaces place = new Namespaces(Arena.NODES);
        Arena arena = Arena.open(name(), Setting.in(place))) {
      int undetected = 0;
      int shared = 0;
      int healed = 0;
      double healing = 0;
      for (int time = 0; time < times; time++) {
        Times at = once(arena, place, time);
        undetected = Math.max(undetected, arena.pool().mostInFlight(at.parted, at.detected));
        shared = Math.max(shared, arena.pool().mostInFlight(at.detected, at.joined));
        healed = Math.max(healed, arena.pool().mostInFlight(at.agreed, at.over));
        healing = Math.max(healing, (at.agreed - at.joined) / 1e6);
      }
      return arena
          .sheet(name())
          .add(Figure.millis("healed: until all name one owner", healing, 15_000))
          .add(Figure.count("most runs on one server, split not seen", undetected, 2 * Arena.SLOTS))
          .add(Figure.count("most runs on one server, split seen", shared, SHARED))
          .add(Figure.count("most runs on one server, healed", healed, Arena.SLOTS));
    }
  }

  private record Times(long parted, long detected, long joined, long agreed, long over) {}

  /** By turns the owner and another are alone. */
  private Times once(Arena arena, Namespaces place, int time) {
    int owner = arena.nodes().indexOf(arena.owner()) + 1;
    int alone = time % 2 == 0 ? owner : owner % Arena.NODES + 1;
    List<Integer> others = List.of(alone % Arena.NODES + 1, (alone + 1) % Arena.NODES + 1);
    List<Target> targets = arena.nodes().stream().map(Target::of).toList();
    try (Load load = Load.greedy(arena.history(), 2 * Arena.SERVERS * Arena.SLOTS, targets)) {
      load.keepOn(BEFORE);
      long struck = System.nanoTime();
      place.part(List.of(alone), others);
      load.keepOn(parted);
      long joined = System.nanoTime();
      place.heal();
      arena.awaitOneOwner();
      long agreed = System.nanoTime();
      arena.fault(struck, Duration.ofNanos(agreed - struck).plus(AFTER));
      load.keepOn(AFTER);
      return new Times(
          struck,
          struck + DETECTION.toNanos(),
          joined,
          agreed + Duration.ofSeconds(1).toNanos(),
          System.nanoTime());
    }
  }
}
