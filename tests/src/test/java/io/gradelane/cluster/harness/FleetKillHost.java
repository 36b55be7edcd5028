package io.gradelane.cluster.harness;

import io.gradelane.testkit.Eventually;
import java.time.Duration;
import java.util.Set;

/**
 * A host's process is killed, first without and then under load; another one takes its place, also where there are as many
 * hosts as there may be, and while the permits of the runs that were lost with it are still out.
 */
final class FleetKillHost implements Drill {

  /** Enough to want all hosts for as long as a killed one takes to be replaced. */
  private static final int RUNS = 2_000;

  private static final int HOSTS = 2;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @Override
  public String name() {
    return "fleet-kill-host";
  }

  @Override
  public String says() {
    return "kill -9 of the process of a host on which runs are under way";
  }

  @Override
  public int often() {
    return 3;
  }

  @Override
  public Sheet run(int times) {
    try (FleetStage stage = FleetStage.open(name(), 1, HOSTS)) {
      int wrong = 0;
      double withRoom = 0;
      double atTheMost = 0;
      for (int time = 0; time < times; time++) {
        stage.awaitSettled(HOSTS);
        withRoom = Math.max(withRoom, once(stage, HOSTS));
        stage.awaitSettled(HOSTS);
        FleetBatch batch = FleetBatch.submit(stage, RUNS);
        stage.awaitReady(FleetStage.MOST);
        batch.awaitFinished(RUNS / 10);
        atTheMost = Math.max(atTheMost, once(stage, FleetStage.MOST));
        batch.awaitEnd();
        wrong += batch.wrong();
      }
      stage.awaitSettled(HOSTS);
      return new Sheet(name())
          .add(Figure.told("runs", times * RUNS, ""))
          .add(Figure.count("without their right answer", wrong, 0))
          .add(Figure.millis(
              "until another host was ready, with room below the most", withRoom, 10_000))
          .add(Figure.millis(
              "the same at the most, with its runs' permits still out", atTheMost, 10_000));
    }
  }

  /** @return milliseconds until as many serve as before */
  private static double once(FleetStage stage, int count) {
    String victim = stage.hosts("ready").iterator().next();
    long struck = System.nanoTime();
    stage.processes().kill(victim);
    Eventually.await("as many are ready again", LONGEST, () -> {
      Set<String> ready = stage.hosts("ready");
      return ready.size() == count && !ready.contains(victim);
    });
    return (System.nanoTime() - struck) / 1e6;
  }
}
