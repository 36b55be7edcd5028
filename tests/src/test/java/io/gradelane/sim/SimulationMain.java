package io.gradelane.sim;

import io.gradelane.sim.nodes.Encounters;
import io.gradelane.sim.nodes.NodesSimulation;
import java.util.Arrays;

/** {@code bin/gradelane sim}: as many seeds as somebody has time for. */
final class SimulationMain {

  private static final int USAGE = 2;

  private SimulationMain() {}

  public static void main(String[] args) {
    String first = args.length == 0 ? "" : args[0];
    if (first.equals("--help") || first.equals("-h")) {
      help();
      return;
    }
    try {
      System.exit(run(first, args) ? 0 : 1);
    } catch (IllegalArgumentException e) {
      System.err.println("gradelane sim: " + e.getMessage());
      help();
      System.exit(USAGE);
    }
  }

  private static boolean run(String which, String... args) {
    String[] rest = Arrays.copyOfRange(args, Math.min(1, args.length), args.length);
    return switch (which) {
      case "nodes" ->
        Seeds.of(3_000, rest).run(NodesSimulation::run, new Encounters(), Encounters::add);
      case "fleet" ->
        Seeds.of(10_000, rest).run(FleetWorld::run, new FleetCoverage(), FleetCoverage::add);
      default -> Seeds.of(10_000, args).run(World::run, new Coverage(), Coverage::add);
    };
  }

  private static void help() {
    System.out.println("Usage: gradelane sim [nodes|fleet] [SEED | FIRST COUNT]");
    System.out.println(
        "Simulates the dispatcher, several nodes, or the fleet, and checks every promise at every");
    System.out.println("step. One SEED: with all that happens in it.");
  }
}
