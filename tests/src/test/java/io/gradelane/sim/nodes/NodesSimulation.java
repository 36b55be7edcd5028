package io.gradelane.sim.nodes;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A cluster of several nodes, made and harmed by a seed. */
public final class NodesSimulation {

  private NodesSimulation() {}

  /**
   * @param trace is told what happens, or null
   * @throws AssertionError if a promise is broken
   */
  public static Encounters run(long seed, @Nullable Consumer<String> trace) {
    return Cluster.run(seed, trace);
  }
}
