package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Load.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    try (Arena arena = Arena.open(name())) {
      Path clock = arena.file("clock");
      set(clock, "+0");
      makeOwner(arena, startFaked(arena, clock));
      double gap = 0;
      try (Load load = arena.steady(arena.nodes().stream().map(Target::of).toList())) {
        for (int jump = 0; jump < 2 * times; jump++) {
          load.keepOn(EACH);
          set(clock, jump % 2 == 0 ? "+1h" : "+0");
          long jumped = System.nanoTime();
          load.keepOn(EACH);
          gap = Math.max(gap, arena.pool().longestGap(jumped, System.nanoTime()) / 1e6);
        }
      }
      return arena
          .sheet(name())
          .add(Figure.millis("longest time without a grant", gap, 500))
          .add(Figure.count("most runs on one server", arena.mostInFlight(), Arena.SLOTS));
    }
  }

  private static Node startFaked(Arena arena, Path clock) {
    Node node = arena.owner();
    Path library = library();
    node.leave();
    node.startWith(Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME_TIMESTAMP_FILE",
        clock.toString(),
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1"));
    node.awaitReady();
    if (!node.hasLoaded(library)) {
      throw new IllegalStateException(node.name() + " runs without " + library);
    }
    return node;
  }

  /** The owner leaves as long as it is another. */
  private static void makeOwner(Arena arena, Node wanted) {
    for (Node owner = arena.owner(); owner != wanted; owner = arena.owner()) {
      owner.leave();
      arena.owner();
      owner.start();
      owner.awaitReady();
    }
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
