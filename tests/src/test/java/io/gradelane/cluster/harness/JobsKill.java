package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Books.Rescued;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One node after the other is killed while a batch runs on all of them, and comes back. */
final class JobsKill implements Drill {

  /** Long enough for what was taken back to start before the next kill. */
  private static final Duration BETWEEN = Duration.ofSeconds(14);

  private static final Duration TAKES = Duration.ofMillis(500);
  private static final int JOBS_PER_KILL = 667;
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static final double START_MILLIS = 12_000;

  @Override
  public String name() {
    return "jobs-kill";
  }

  @Override
  public String says() {
    return "kill -9 of one node after the other, each started again, while a batch runs";
  }

  @Override
  public int often() {
    return 30;
  }

  @Override
  public Sheet run(int times) {
    try (JobArena arena = JobArena.open(name())) {
      Submitted batch = arena.desk(0).accepted("k", JOBS_PER_KILL * times, TAKES);
      arena.awaitBegun(batch, JOBS_PER_KILL / 3);
      List<Instant> kills = new ArrayList<>();
      for (int time = 0; time < times; time++) {
        Node victim =
            time % Arena.NODES == 0 ? arena.busiest() : arena.nodes().get(time % Arena.NODES);
        kills.add(Instant.now());
        victim.kill();
        victim.start();
        JobArena.pause(BETWEEN);
        victim.awaitReady();
      }
      arena.awaitEnd(batch, LONGEST);
      List<Rescued> rescued = arena.books().rescued(batch);
      return arena
          .audit(batch)
          .sheet(name())
          .add(Figure.told("kills", times, ""))
          .add(Figure.told("jobs started again", rescued.size(), ""))
          .add(Figure.millis(
              "longest from a kill to the start of what it left",
              longest(rescued, kills),
              START_MILLIS));
    }
  }

  private static double longest(List<Rescued> rescued, List<Instant> kills) {
    return rescued.stream().mapToDouble(job -> sinceKill(job, kills)).max().orElse(0);
  }

  /** From the first kill after its claim. */
  private static double sinceKill(Rescued job, List<Instant> kills) {
    return kills.stream()
        .filter(kill -> kill.isAfter(job.claimed()))
        .findFirst()
        .map(kill -> (double) Duration.between(kill, job.again()).toMillis())
        .orElse(0.0);
  }
}
