package io.gradelane.cluster.harness;

import java.time.Duration;

/** A great batch is paused, sent to another lane and cancelled while it runs. */
final class JobsSteer implements Drill {

  private static final Duration TAKES = Duration.ofMillis(200);
  private static final int JOBS = 100_000;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration FLOW = Duration.ofSeconds(20);

  /** In which nothing may start. */
  private static final Duration STILL = Duration.ofSeconds(2);

  /** What was granted before may be on its way for so long. */
  private static final long GRACE_MILLIS = 50;

  private static final long GRACE_NANOS = Duration.ofMillis(GRACE_MILLIS).toNanos();
  private static final String PAUSED_LANE = "default";

  @Override
  public String name() {
    return "jobs-steer";
  }

  @Override
  public String says() {
    return "pause, resume, another lane and cancel in the middle of 100,000 jobs";
  }

  @Override
  public int often() {
    return 3;
  }

  /** Starts after an order: how many came later than it allows, and how late the last was. */
  private record Late(int starts, double lastMillis) {

    static final Late NONE = new Late(0, 0);

    Late plus(Late other) {
      return new Late(starts + other.starts, Math.max(lastMillis, other.lastMillis));
    }
  }

  @Override
  public Sheet run(int times) {
    try (JobArena arena = JobArena.open(name())) {
      Late paused = Late.NONE;
      Late moved = Late.NONE;
      Late cancelled = Late.NONE;
      double resumed = 0;
      double submitted = 0;
      arena.desk(0).lane(PAUSED_LANE, "{\"paused\":true}");
      for (int time = 0; time < times; time++) {
        Desk desk = arena.desk(time);
        Desk.Answer answer = desk.submit("c" + time + "c", JOBS, TAKES);
        submitted = Math.max(submitted, answer.millis());
        Submitted batch = answer
            .batch()
            .orElseThrow(
                () -> new IllegalStateException("100,000 jobs: answered " + answer.status()));
        arena.awaitBegun(batch, 300);
        paused = paused.plus(after(arena, batch, desk.steer(batch, "{\"paused\":true}")));
        resumed = Math.max(
            resumed, arena.firstAfter(batch, desk.steer(batch, "{\"paused\":false}"), FLOW));
        moved = moved.plus(
            after(arena, batch, desk.steer(batch, "{\"lane\":\"" + PAUSED_LANE + "\"}")));
        resumed = Math.max(
            resumed, arena.firstAfter(batch, desk.steer(batch, "{\"lane\":\"bulk\"}"), FLOW));
        cancelled = cancelled.plus(after(arena, batch, desk.steer(batch, "{\"cancelled\":true}")));
        arena.awaitEnd(batch, LONGEST);
      }
      return new Sheet(name())
          .add(Figure.told("times", times, ""))
          .add(Figure.millis("100,000 jobs sent and accepted", submitted, 5_000))
          .add(Figure.told("starts later than 50 ms after a pause", paused.starts, ""))
          .add(Figure.millis("last start after a pause", paused.lastMillis, GRACE_MILLIS))
          .add(Figure.told("the same after a change of lane", moved.starts, ""))
          .add(Figure.millis("last start after a change of lane", moved.lastMillis, GRACE_MILLIS))
          .add(Figure.told("the same after a cancel", cancelled.starts, ""))
          .add(Figure.millis("last start after a cancel", cancelled.lastMillis, GRACE_MILLIS))
          .add(Figure.told("until the first start when it may go on", resumed, "ms"));
    }
  }

  private static Late after(JobArena arena, Submitted batch, long answered) {
    JobArena.pause(STILL);
    long until = System.nanoTime();
    double[] delays = arena.arena().pool().runs().stream()
        .filter(batch::owns)
        .filter(run -> run.arrived() > answered && run.arrived() < until)
        .mapToDouble(run -> run.arrived() - answered)
        .toArray();
    int late = 0;
    double last = 0;
    for (double delay : delays) {
      late += delay > GRACE_NANOS ? 1 : 0;
      last = Math.max(last, delay / 1e6);
    }
    return new Late(late, last);
  }
}
