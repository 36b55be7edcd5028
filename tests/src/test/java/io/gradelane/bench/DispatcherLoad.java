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
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A pool that is always busy: every {@link #step} ends the oldest run, submits one and takes what is granted. In a full
 * pool the grant goes to one that has waited, else to the one that has just come.
 */
final class DispatcherLoad {

  static final int SLOTS = 8;
  private static final int TENANTS = 300;
  private static final Set<String> LANGUAGES = Set.of("python3", "java", "c");

  private final Dispatcher dispatcher = new Dispatcher(
      new PoolRules(List.of(lane("interactive", true, 20), lane("bulk", false, 10)), 1, 0.1), 1);
  private final String[] tenants = new String[TENANTS];
  private final RunId[] runs;
  private final PermitId[] permits;
  private int oldest;
  private int newest;
  private long now;
  private long number;

  /**
   * @param waiting runs that wait all the time; 0 for a pool that has room
   */
  DispatcherLoad(int servers, int waiting) {
    for (int i = 0; i < TENANTS; i++) {
      tenants[i] = "tenant-" + i;
    }
    for (int i = 0; i < servers; i++) {
      dispatcher.server(new ServerView("server-" + i, SLOTS, SLOTS, 1, 1, true, LANGUAGES), now);
    }
    int slots = servers * SLOTS;
    runs = new RunId[slots + 1];
    permits = new PermitId[slots + 1];
    int busy = waiting > 0 ? slots : Math.max(1, slots / 2);
    for (int i = 0; i < busy + waiting; i++) {
      submit();
    }
    take();
  }

  private static LaneSpec lane(String name, boolean live, int priority) {
    return new LaneSpec(
        name, live, priority, 0, LaneSpec.UNLIMITED, Duration.ofHours(10), 10_000_000, false);
  }

  /** One run ends, one comes, one is granted. Returns how many were granted. */
  int step() {
    now += 1_000;
    dispatcher.done(runs[oldest], permits[oldest], Ending.OK, 100, now);
    oldest = oldest + 1 == runs.length ? 0 : oldest + 1;
    submit();
    return take();
  }

  private void submit() {
    long id = ++number;
    RunId run = new RunId(new UUID(id << 16 | 0x7000L, 0x8000_0000_0000_0000L | id * 0x9E3779B9L));
    dispatcher.want(
        new Want(
            run,
            1,
            "interactive",
            tenants[(int) (id % TENANTS)],
            "",
            "python3",
            null,
            0,
            100,
            0,
            60_000_000,
            35_000,
            false,
            Set.of(),
            null),
        now);
  }

  private int take() {
    int granted = 0;
    for (Decision next = dispatcher.next(now); next != null; next = dispatcher.next(now)) {
      if (next instanceof Decision.Granted grant) {
        runs[newest] = grant.run();
        permits[newest] = grant.permit();
        newest = newest + 1 == runs.length ? 0 : newest + 1;
        granted++;
      }
    }
    return granted;
  }
}
