package io.gradelane.cluster.harness;

import java.time.Duration;

/** The node that runs most jobs stands still past the end of its session, and goes on as if nothing had been. */
final class JobsFreeze implements Drill {

  private static final Duration FROZEN = Duration.ofSeconds(20);
  private static final Duration TAKES = Duration.ofMillis(500);
  private static final int JOBS_PER_FREEZE = 1_500;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "jobs-freeze";
  }

  @Override
  public String says() {
    return "the node that runs most jobs is stopped for 20 s, past its session, and continued";
  }

  @Override
  public int often() {
    return 5;
  }

  @Override
  public Sheet run(int times) {
    try (JobArena arena = JobArena.open(name())) {
      Submitted batch = arena.desk(0).accepted("f", JOBS_PER_FREEZE * times, TAKES);
      arena.awaitBegun(batch, 300);
      for (int time = 0; time < times; time++) {
        Node victim = arena.busiest();
        victim.freeze();
        JobArena.pause(FROZEN);
        victim.thaw();
        arena.awaitBegun(batch, JOBS_PER_FREEZE * time + JOBS_PER_FREEZE / 2);
      }
      arena.awaitEnd(batch, LONGEST);
      return arena.audit(batch).sheet(name()).add(Figure.told("freezes", times, ""));
    }
  }
}
