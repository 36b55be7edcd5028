package io.gradelane.sim;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** The fleet's half of {@code bin/gradelane sim}: {@code fleet [first seed] [how many]}; or one with all that happens. */
final class FleetSimulationMain {

  private FleetSimulationMain() {}

  public static void main(String[] args) {
    if (args.length == 1) {
      System.out.println(FleetWorld.run(Long.parseLong(args[0]), System.out::println));
      return;
    }
    long first = args.length > 0 ? Long.parseLong(args[0]) : 0;
    long count = args.length > 1 ? Long.parseLong(args[1]) : 10_000;
    FleetCoverage all = new FleetCoverage();
    AtomicInteger failed = new AtomicInteger();
    LongStream.range(first, first + count).parallel().forEach(seed -> {
      try {
        all.add(FleetWorld.run(seed, null));
      } catch (AssertionError e) {
        if (failed.incrementAndGet() <= 10) {
          System.out.println(e.getMessage());
        }
      }
    });
    System.out.println("fleet simulation: " + all);
    System.out.println(count + " seeds, " + failed + " failed");
    if (failed.get() > 0) {
      System.exit(1);
    }
  }
}
