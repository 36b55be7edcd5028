package io.gradelane.cluster.harness;

import io.gradelane.testkit.Eventually;
import java.time.Duration;

/** The node that keeps the fleet is killed in the middle of a launch; the other one leaves no process that nobody knows. */
final class FleetKillLeader implements Drill {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Nothing runs, and many passes are made. */
  private static final Duration QUIET = Duration.ofSeconds(8);

  /** Where in a launch. */
  private enum Moment {
    /** The host is written down, and perhaps nobody has been asked for it. */
    INTENDED,
    /** Its process has begun, and perhaps nobody has written down that it has. */
    BEGUN,
    /** It is on its way. */
    LOCATED
  }

  @Override
  public String name() {
    return "fleet-kill-leader";
  }

  @Override
  public String says() {
    return "kill -9 of the node that keeps the fleet, in the middle of a launch";
  }

  @Override
  public int often() {
    return 2 * Moment.values().length;
  }

  @Override
  public Sheet run(int times) {
    try (FleetStage stage = FleetStage.open(name(), 2, 1)) {
      double longest = 0;
      for (int time = 0; time < Math.max(times, Moment.values().length); time++) {
        longest = Math.max(longest, once(stage, Moment.values()[time % Moment.values().length]));
      }
      stage.awaitSettled(1);
      int most = stage.mostProcesses(QUIET);
      stage.nodes().parallelStream().forEach(Node::leave);
      Eventually.await(
          "of two nodes that leave at the same moment one ends the hosts",
          LONGEST,
          () -> stage.processes().tokens().isEmpty());
      return new Sheet(name())
          .add(Figure.count("most processes beyond the one host that is wanted", most - 1, 0))
          .add(Figure.count(
              "processes left by nodes that left together",
              stage.processes().tokens().size(),
              0))
          .add(Figure.millis("until hosts and processes agreed", longest, 30_000));
    }
  }

  /** @return milliseconds from the kill until there is one host again, with one process */
  private static double once(FleetStage stage, Moment moment) {
    Node leader = stage.leader();
    String host = stage.launch();
    Eventually.await("the launch is " + moment, LONGEST, () -> switch (moment) {
      case INTENDED -> true;
      case BEGUN -> stage.processes().tokens().contains(host);
      case LOCATED ->
        !stage.get("/api/v1/fleet/hosts/" + host).getString("ref", "").isEmpty();
    });
    long struck = System.nanoTime();
    leader.kill();
    Eventually.await("another one leads", LONGEST, () -> stage.leader() != leader);
    stage.awaitSettled(1);
    double settled = (System.nanoTime() - struck) / 1e6;
    leader.start();
    leader.awaitReady();
    return settled;
  }
}
