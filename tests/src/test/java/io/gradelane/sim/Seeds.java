package io.gradelane.sim;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Which seeds of a simulation are run: many, on all cores, for what they find; or one, with all that happens in it.
 *
 * @param count 0: the first alone, told
 */
record Seeds(long first, long count) {

  private static final int SHOWN = 10;
  private static final long TOLD_EVERY = 10_000;

  /** @param <C> what was met in a run */
  interface Simulation<C> {

    /**
     * @param trace is told what happens, or null
     * @throws AssertionError if a promise is broken
     */
    C run(long seed, @Nullable Consumer<String> trace);
  }

  /**
   * {@code [first] [count]}, or one seed alone.
   *
   * @throws IllegalArgumentException in words
   */
  static Seeds of(long usual, String... args) {
    return switch (args.length) {
      case 0 -> new Seeds(0, usual);
      case 1 -> new Seeds(number(args[0]), 0);
      case 2 -> new Seeds(number(args[0]), number(args[1]));
      default ->
        throw new IllegalArgumentException(args[2] + " (expected: a first seed and how many)");
    };
  }

  private static long number(String text) {
    if (!text.matches("\\d{1,15}")) {
      throw new IllegalArgumentException(text + " (expected: a whole number)");
    }
    return Long.parseLong(text);
  }

  /** True if no seed broke a promise. */
  <C> boolean run(Simulation<C> simulation, C all, BiConsumer<C, C> add) {
    if (count == 0) {
      System.out.println(simulation.run(first, System.out::println));
      return true;
    }
    AtomicLong done = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    LongStream.range(first, first + count).parallel().forEach(seed -> {
      try {
        add.accept(all, simulation.run(seed, null));
      } catch (AssertionError broken) {
        if (failed.incrementAndGet() <= SHOWN) {
          System.out.println(broken.getMessage());
        }
      }
      if (done.incrementAndGet() % TOLD_EVERY == 0) {
        System.out.println(done + " seeds, " + failed + " failed");
      }
    });
    System.out.println(all);
    System.out.println(count + " seeds, " + failed + " failed");
    return failed.get() == 0;
  }
}
