package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Arena.Setting;
import io.gradelane.cluster.harness.Load.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The owner's wall clock jumps an hour ahead, and back. */
final class ClockJump implements Drill {

  private static final Duration EACH = Duration.ofSeconds(5);
  private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

  @Override
  public String name() {
    return "clock-jump";
  }

  @Override
  public String says() {
    return "the wall clock of the owner jumps an hour ahead, then back, under 200 requests a second to all nodes";
  }

  @Override
  public int often() {
    return 3;
  }

  @Override
  public Sheet run(int times) {
    Path library = library();
    Setting setting = Setting.in(new Place.Loopback()).before(nodes -> start(nodes, library));
    try (Arena arena = Arena.open(name(), setting)) {
      double gap = 0;
      for (int time = 0; time < times; time++) {
        Node owner = arena.owner();
        if (!owner.hasLoaded(library)) {
          throw new IllegalStateException(owner.name() + " runs without " + library);
        }
        gap = Math.max(gap, once(arena, owner.file("clock")));
      }
      return arena
          .sheet(name())
          .add(Figure.millis("longest time without a grant", gap, 500))
          .add(Figure.count("most runs on one server", arena.mostInFlight(), Arena.SLOTS));
    }
  }

  private static double once(Arena arena, Path clock) {
    double gap = 0;
    try (Load load = arena.steady(arena.nodes().stream().map(Target::of).toList())) {
      for (String offset : List.of("+1h", "+0")) {
        set(clock, offset);
        long jumped = System.nanoTime();
        load.keepOn(EACH);
        gap = Math.max(gap, arena.pool().longestGap(jumped, System.nanoTime()) / 1e6);
      }
    }
    return gap;
  }

  /** The first, which will be the owner. The library costs a node much, so the others go without. */
  private static void start(List<Node> nodes, Path library) {
    Node first = nodes.getFirst();
    Path clock = first.file("clock");
    set(clock, "+0");
    first.startWith(Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME_TIMESTAMP_FILE",
        clock.toString(),
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1"));
    first.awaitReady();
  }

  private static void set(Path clock, String offset) {
    try {
      Files.writeString(clock, offset + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path library() {
    return Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib")
        .map(folder -> Path.of(folder, LIBRARY))
        .filter(Files::isReadable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(
            LIBRARY + " is not installed (expected: the system's package faketime)"));
  }
}
