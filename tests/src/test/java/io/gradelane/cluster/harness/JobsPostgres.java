package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Desk.Answer;
import io.gradelane.cluster.harness.Load.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** PostgreSQL dies and comes back, again and again, while a batch and live runs go on and others submit. */
final class JobsPostgres implements Drill {

  private static final Duration BEFORE = Duration.ofSeconds(8);
  private static final Duration AFTER = Duration.ofSeconds(6);

  /** By turns within the time of a session, and beyond it. */
  private static final List<Duration> AWAY = List.of(Duration.ofSeconds(3), Duration.ofSeconds(11));

  private static final Duration TAKES = Duration.ofMillis(500);
  private static final int JOBS_PER_KILL = 1_000;
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration FLOW = Duration.ofSeconds(60);

  /** What the machine itself may do to a percentile. */
  private static final double NOISE_MILLIS = 25;

  @Override
  public String name() {
    return "jobs-postgres";
  }

  @Override
  public String says() {
    return "kill -9 of PostgreSQL within a batch, beside 200 live runs a second, while others submit";
  }

  @Override
  public int often() {
    return 10;
  }

  @Override
  public Sheet run(int times) {
    try (JobArena arena = JobArena.open(name())) {
      Submitted batch = arena.desk(0).accepted("p", JOBS_PER_KILL * times, TAKES);
      arena.awaitBegun(batch, 100);
      Submitters submitters = new Submitters(arena);
      List<Window> away = new ArrayList<>();
      double flowing = 0;
      long began = System.nanoTime();
      try (Load load =
          arena.arena().steady(arena.nodes().stream().map(Target::of).toList())) {
        load.keepOn(BEFORE);
        for (int time = 0; time < times; time++) {
          long struck = System.nanoTime();
          arena.postgres().kill();
          submitters.tryUntil(struck + AWAY.get(time % AWAY.size()).toNanos());
          arena.postgres().revive();
          long back = System.nanoTime();
          away.add(new Window(struck, back));
          flowing = Math.max(flowing, arena.firstAfter(batch, back, FLOW));
          load.keepOn(AFTER);
        }
      }
      arena.awaitEnd(batch, LONGEST);
      return sheet(arena, batch, submitters, flowing)
          .add(slower(arena.arena().history(), began, away));
    }
  }

  private Sheet sheet(JobArena arena, Submitted batch, Submitters submitters, double flowing) {
    submitters.awaitEnd();
    History history = arena.arena().history();
    return arena
        .audit(batch)
        .sheet(name())
        .add(Figure.millis("longest until a job starts, PostgreSQL back", flowing, 5_000))
        .add(Figure.told("live runs", history.invoked().size(), ""))
        .add(Figure.count(
            "live runs that failed", history.invoked().size() - (long) history.right(), 0))
        .add(Figure.told("submissions meanwhile", submitters.answers().size(), ""))
        .add(Figure.count(
            "of those neither kept nor refused with Retry-After", submitters.neither(), 0))
        .add(Figure.count("accepted, and lost", submitters.lost(), 0))
        .note(history.told());
  }

  private static Figure slower(History history, long began, List<Window> away) {
    Histogram before = new Histogram(3);
    Histogram during = new Histogram(3);
    long first = away.getFirst().from();
    for (Call call : history.calls()) {
      if (call.began() >= began && call.ended() < first) {
        before.recordValue(Math.round(call.millisMore()));
      } else if (away.stream().anyMatch(call::overlaps)) {
        during.recordValue(Math.round(call.millisMore()));
      }
    }
    double more = (double) during.getValueAtPercentile(99) - before.getValueAtPercentile(99);
    return Figure.millis(
        "p99 of live runs' waits, PostgreSQL away, above " + before.getValueAtPercentile(99)
            + " ms",
        Math.max(0, more),
        NOISE_MILLIS);
  }

  /** Those who submit small batches to all nodes, whatever the answers are. */
  private static final class Submitters {

    private static final Duration EVERY = Duration.ofMillis(300);

    private final JobArena arena;
    private final List<Answer> answers = new ArrayList<>();

    Submitters(JobArena arena) {
      this.arena = arena;
    }

    void tryUntil(long moment) {
      while (System.nanoTime() < moment) {
        int number = answers.size();
        answers.add(arena.desk(number).submit("s" + number + "s", 1, TAKES));
        JobArena.pause(EVERY);
      }
    }

    List<Answer> answers() {
      return answers;
    }

    int neither() {
      return (int) answers.stream()
          .filter(answer -> answer.batch().isEmpty() && !answer.isHonestRefusal())
          .count();
    }

    void awaitEnd() {
      answers.forEach(answer -> answer.batch().ifPresent(one -> arena.awaitEnd(one, LONGEST)));
    }

    int lost() {
      return answers.stream()
          .flatMap(answer -> answer.batch().stream())
          .mapToInt(one -> arena.audit(one).lost())
          .sum();
    }
  }
}
