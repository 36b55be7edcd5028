package io.gradelane.cluster.harness;

import io.gradelane.testkit.Eventually;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** A host's process is killed under load; another one takes its place. */
final class FleetKillHost implements Drill {

  private static final int RUNS = 400;
  private static final int HOSTS = 2;
  private static final Duration LONGEST = Duration.ofSeconds(60);

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
      double longest = 0;
      for (int time = 0; time < times; time++) {
        FleetBatch batch = FleetBatch.submit(stage, RUNS);
        batch.awaitFinished(RUNS / 10);
        longest = Math.max(longest, once(stage));
        batch.awaitEnd();
        wrong += batch.wrong();
      }
      stage.awaitSettled(HOSTS);
      return new Sheet(name())
          .add(Figure.told("runs", times * RUNS, ""))
          .add(Figure.count("without their right answer", wrong, 0))
          .add(Figure.millis("until another host was ready", longest, 8_000));
    }
  }

  /** @return milliseconds until a host serves that was not there before */
  private static double once(FleetStage stage) {
    Set<String> before = stage.hosts("");
    String victim = stage.hosts("ready").iterator().next();
    long struck = System.nanoTime();
    stage.processes().kill(victim);
    Eventually.await("the fleet misses it", LONGEST, () -> !stage.hosts("ready").contains(victim));
    Eventually.await("as many are ready again", LONGEST, () -> {
      Set<String> fresh = new HashSet<>(stage.hosts("ready"));
      int count = fresh.size();
      fresh.removeAll(before);
      return count >= HOSTS && (!fresh.isEmpty() || before.size() > HOSTS);
    });
    return (System.nanoTime() - struck) / 1e6;
  }
}
