package io.gradelane.sim;

import io.gradelane.sim.nodes.NodesSimulation;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Runs as many seeds as somebody has time for: {@code [first seed] [how many]}; or one with all that happens: {@code N}.
 * After {@code nodes}: of the simulation of several nodes; after {@code fleet}: of the fleet's.
 */
final class SimulationMain {

  private SimulationMain() {}

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("nodes")) {
      NodesSimulation.main(Arrays.copyOfRange(args, 1, args.length));
      return;
    }
    if (args.length > 0 && args[0].equals("fleet")) {
      FleetSimulationMain.main(Arrays.copyOfRange(args, 1, args.length));
      return;
    }
    long first = args.length > 0 ? Long.parseLong(args[0]) : 0;
    if (args.length == 1) {
      System.out.println(World.run(first, System.out::println));
      return;
    }
    long count = args.length > 1 ? Long.parseLong(args[1]) : 10_000;
    Coverage all = new Coverage();
    AtomicInteger failed = new AtomicInteger();
    AtomicLong done = new AtomicLong();
    LongStream.range(first, first + count).parallel().forEach(seed -> {
      try {
        all.add(World.run(seed, null));
      } catch (AssertionError e) {
        if (failed.incrementAndGet() <= 10) {
          System.out.println(e.getMessage());
        }
      }
      if (done.incrementAndGet() % 10_000 == 0) {
        System.out.println(done + " seeds, " + failed + " failed");
      }
    });
    System.out.println("simulation: " + all);
    System.out.println(count + " seeds, " + failed + " failed");
    if (failed.get() > 0) {
      System.exit(1);
    }
  }
}
