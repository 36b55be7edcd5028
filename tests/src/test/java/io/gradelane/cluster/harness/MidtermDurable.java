package io.gradelane.cluster.harness;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** The midterm night with a durable regrade and programs that are really run: do students wait behind it? */
final class MidtermDurable implements Drill {

  private static final int JOBS = Integer.getInteger("gradelane.harness.midterm", 5_000);
  private static final int SANDBOXES = 2;
  private static final double STUDENTS_PER_SECOND = 4;
  private static final Duration ALONE = Duration.ofSeconds(30);
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  @Override
  public String name() {
    return "midterm-durable";
  }

  @Override
  public String says() {
    return "a durable regrade of " + JOBS + " Python programs beside " + STUDENTS_PER_SECOND
        + " students a second through CodeRunner's sequence, three nodes, two sandboxes that run them";
  }

  @Override
  public int often() {
    return 1;
  }

  @Override
  public Sheet run(int times) {
    try (JobArena arena = JobArena.open(name(), SANDBOXES)) {
      students("w", arena, WARM_UP).close();
      Students alone = students("a", arena, ALONE);
      alone.close();
      long began = System.nanoTime();
      Submitted batch = arena.desk(0).accepted("m", JOBS * times, Duration.ZERO);
      Students beside = new Students("b", arena.nodes(), STUDENTS_PER_SECOND);
      try (beside) {
        arena.awaitEnd(batch, LONGEST);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      return arena
          .auditOfPrograms(batch)
          .sheet(name())
          .add(Figure.told("regraded a second", batch.jobs() / seconds, ""))
          .add(Figure.told("students alone", alone.asked(), ""))
          .add(Figure.told("students beside it", beside.asked(), ""))
          .add(Figure.count("students with a wrong answer", alone.wrong() + beside.wrong(), 0))
          .add(told("alone, p50", alone.millis(), 50))
          .add(told("alone, p99", alone.millis(), 99))
          .add(told("beside it, p50", beside.millis(), 50))
          .add(told("beside it, p99", beside.millis(), 99))
          .add(told("beside it, longest", beside.millis(), 100));
    }
  }

  private static Students students(String name, JobArena arena, Duration howLong) {
    Students students = new Students(name, arena.nodes(), STUDENTS_PER_SECOND);
    JobArena.pause(howLong);
    return students;
  }

  private static Figure told(String what, Histogram millis, double percentile) {
    return Figure.told("answered " + what, millis.getValueAtPercentile(percentile), "ms");
  }
}
