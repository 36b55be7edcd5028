package io.gradelane.bench;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.PoolRules;
import io.gradelane.core.dispatch.ServerView;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/** One night in simulated time: a real dispatcher, servers that take as long as they are told, callers by Poisson. */
final class MidtermPool {

  /** How the two kinds of runs share the slots. */
  enum Policy {
    GRADELANE("Gradelane"),
    MOMENTARY_RESERVE("reserve by momentary demand"),
    PRIORITY_ALONE("priority alone"),
    FIFO("one FIFO queue");

    final String words;

    Policy(String words) {
      this.words = words;
    }
  }

  /**
   * @param bulkRuns submitted at once, 0 for none
   * @param longShare of the bulk runs take 20 to 40 s, the others 2 s
   * @param liveBusy mean slots that live runs keep busy, 0 for none
   * @param burst live runs that come at once every minute, 0 for none
   */
  record Night(int slots, int bulkRuns, double longShare, double liveBusy, int burst) {}

  /**
   * @param waits of the live runs that came while bulk was there, in microseconds
   * @param makespan of the bulk, in seconds
   */
  record Result(Histogram waits, double makespan, int meanReserve) {}

  static final long SECOND = 1_000_000_000L;
  static final double LIVE_SECONDS = 1;
  private static final int PER_SERVER = 8;
  private static final long BULK_AT = 120 * SECOND;
  private static final long LEAST_END = 900 * SECOND;

  private record Run(boolean live, long came, long nanos) {}

  private record Event(long at, long number, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
    }
  }

  private final Night night;
  private final Policy policy;
  private final SplittableRandom random;
  private final Dispatcher dispatcher;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<RunId, Run> runs = new HashMap<>();
  private final Histogram wait = new Histogram(3);
  private long now;
  private long numbers;
  private int bulkLeft;
  private long bulkEnded;
  private long reserves;
  private int samples;

  private MidtermPool(Night night, Policy policy, long seed) {
    this.night = night;
    this.policy = policy;
    this.random = new SplittableRandom(seed);
    this.bulkLeft = night.bulkRuns();
    this.dispatcher = new Dispatcher(
        new PoolRules(
            List.of(
                lane("interactive", true, 20), lane("bulk", policy == Policy.PRIORITY_ALONE, 10)),
            1,
            0.1,
            policy == Policy.MOMENTARY_RESERVE ? Duration.ZERO : PoolRules.DEMAND_WINDOW,
            PoolRules.QUIET_SHARE),
        1);
    for (int i = 0; i < night.slots() / PER_SERVER; i++) {
      dispatcher.server(
          new ServerView("s" + i, PER_SERVER, PER_SERVER, 1, 1, true, Set.of("python3")), now);
    }
  }

  static Result play(Night night, Policy policy, long seed) {
    return new MidtermPool(night, policy, seed).play();
  }

  private static LaneSpec lane(String name, boolean live, int priority) {
    return new LaneSpec(
        name, live, priority, 0, LaneSpec.UNLIMITED, Duration.ofDays(9), 1_000_000, false);
  }

  private Result play() {
    if (night.liveBusy() > 0) {
      at(gap(), this::arrive);
    }
    if (night.burst() > 0) {
      at(30 * SECOND, this::burst);
    }
    at(BULK_AT, this::submitBulk);
    at(SECOND, this::sample);
    while (bulkLeft > 0 || now < LEAST_END) {
      step();
    }
    return new Result(
        wait, (bulkEnded - BULK_AT) / (double) SECOND, (int) (reserves / Math.max(1, samples)));
  }

  private void step() {
    long tickAt = dispatcher.nextTickAt();
    Event next = events.peek();
    if (next == null || tickAt < next.at) {
      now = Math.max(now, tickAt);
      dispatcher.tick(now);
    } else {
      events.remove();
      now = next.at;
      next.what.run();
    }
    for (Decision made = dispatcher.next(now); made != null; made = dispatcher.next(now)) {
      if (made instanceof Decision.Granted granted) {
        start(granted);
      } else {
        throw new IllegalStateException("refused: " + made);
      }
    }
  }

  private void start(Decision.Granted granted) {
    Run run = runs.remove(granted.run());
    if (run == null) {
      throw new IllegalStateException("granted twice: " + granted);
    }
    boolean counts = run.came >= BULK_AT && (bulkLeft > 0 || night.bulkRuns() == 0);
    if (run.live && counts) {
      wait.recordValue((now - run.came) / 1_000);
    }
    at(run.nanos, () -> finish(granted.run(), granted.permit(), run));
  }

  private void finish(RunId id, PermitId permit, Run run) {
    dispatcher.done(id, permit, Ending.OK, (int) (run.nanos / 1_000_000), now);
    if (!run.live && --bulkLeft == 0) {
      bulkEnded = now;
    }
  }

  private void arrive() {
    submit(true, (long) (-Math.log(1 - random.nextDouble()) * LIVE_SECONDS * SECOND) + 1);
    at(gap(), this::arrive);
  }

  private void burst() {
    for (int i = 0; i < night.burst(); i++) {
      submit(true, (long) (-Math.log(1 - random.nextDouble()) * LIVE_SECONDS * SECOND) + 1);
    }
    at(60 * SECOND, this::burst);
  }

  private void submitBulk() {
    for (int i = 0; i < night.bulkRuns(); i++) {
      boolean isLong = random.nextDouble() < night.longShare();
      submit(false, isLong ? (long) (random.nextDouble(20, 40) * SECOND) : 2 * SECOND);
    }
  }

  private void submit(boolean live, long nanos) {
    RunId id = new RunId(new UUID(0x7000L, 0x8000_0000_0000_0000L | ++numbers));
    boolean one = policy == Policy.FIFO;
    runs.put(id, new Run(live, now, nanos));
    dispatcher.want(
        new Want(
            id,
            1,
            live || one ? "interactive" : "bulk",
            live || one ? "students" : "staff",
            "",
            "python3",
            null,
            0,
            live ? 1_000 : 2_000,
            0,
            Long.MAX_VALUE,
            60_000,
            false,
            Set.of(),
            null),
        now);
  }

  private void sample() {
    if (now > BULK_AT && bulkLeft > 0) {
      reserves += dispatcher.view(now).reserve();
      samples++;
    }
    at(SECOND, this::sample);
  }

  private long gap() {
    double mean = LIVE_SECONDS * SECOND / night.liveBusy();
    return (long) (-Math.log(1 - random.nextDouble()) * mean) + 1;
  }

  private void at(long delay, Runnable what) {
    events.add(new Event(now + delay, numbers++, what));
  }
}
