package io.gradelane.sim.nodes;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Many clusters, one a seed. */
public final class NodesSimulation {

  private NodesSimulation() {}

  /** {@code [first seed] [how many]}; or one seed with all that happens. */
  public static void main(String[] args) {
    long first = args.length > 0 ? Long.parseLong(args[0]) : 0;
    if (args.length == 1) {
      System.out.println(run(first, System.out::println));
      return;
    }
    long count = args.length > 1 ? Long.parseLong(args[1]) : 3_000;
    Encounters all = new Encounters();
    AtomicInteger failed = new AtomicInteger();
    LongStream.range(first, first + count).parallel().forEach(seed -> {
      try {
        all.add(run(seed, null));
      } catch (AssertionError e) {
        if (failed.incrementAndGet() <= 10) {
          System.out.println(e.getMessage());
        }
      }
    });
    System.out.println("simulation of nodes: " + all);
    System.out.println(count + " seeds, " + failed + " failed");
    if (failed.get() > 0) {
      System.exit(1);
    }
  }

  static Encounters run(long seed, @Nullable Consumer<String> trace) {
    return Cluster.run(seed, trace);
  }
}
