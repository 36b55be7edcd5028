package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Books.Rescued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** All nodes and PostgreSQL are killed at once, and started again. */
final class JobsEverything implements Drill {

  private static final Duration TAKES = Duration.ofMillis(500);
  private static final int JOBS_PER_TIME = 1_500;
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration LONGEST_START = Duration.ofSeconds(90);
  private static final double GOES_ON_MILLIS = 15_000;

  @Override
  public String name() {
    return "jobs-everything";
  }

  @Override
  public String says() {
    return "kill -9 of all nodes and PostgreSQL within a batch; nodes and PostgreSQL are started again at once";
  }

  @Override
  public int often() {
    return 3;
  }

  @Override
  public Sheet run(int times) {
    try (JobArena arena = JobArena.open(name())) {
      Submitted batch = arena.desk(0).accepted("e", JOBS_PER_TIME * times, TAKES);
      double goesOn = 0;
      double rescued = 0;
      for (int time = 0; time < times; time++) {
        arena.awaitBegun(batch, JOBS_PER_TIME * time + JOBS_PER_TIME / 2);
        Instant struck = Instant.now();
        arena.nodes().forEach(Node::kill);
        arena.postgres().kill();
        arena.nodes().forEach(Node::start);
        arena.postgres().revive();
        long back = System.nanoTime();
        Instant up = Instant.now();
        goesOn = Math.max(goesOn, arena.firstAfter(batch, back, LONGEST_START));
        arena.nodes().forEach(Node::awaitReady);
        rescued = Math.max(rescued, allAgain(arena, batch, struck, up));
      }
      arena.awaitEnd(batch, LONGEST);
      return arena
          .audit(batch)
          .sheet(name())
          .add(Figure.told("times", times, ""))
          .add(Figure.millis("longest until a job starts, PostgreSQL up", goesOn, GOES_ON_MILLIS))
          .add(Figure.told("longest until what had run starts again", rescued, "ms"));
    }
  }

  /** Waits until something that had run has been claimed again; answers when the last of it was, after {@code up}. */
  private static double allAgain(JobArena arena, Submitted batch, Instant struck, Instant up) {
    JobArena.pause(Duration.ofMillis((long) GOES_ON_MILLIS));
    List<Rescued> rescued = arena.books().rescued(batch);
    return rescued.stream()
        .filter(job -> job.claimed().isBefore(struck) && job.again().isAfter(up))
        .mapToDouble(job -> Duration.between(up, job.again()).toMillis())
        .max()
        .orElse(0);
  }
}
