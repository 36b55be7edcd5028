package io.gradelane.core.dispatch;

import io.gradelane.core.run.RunId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node's question to the dispatcher: room for one run. Its payload stays on the node.
 *
 * @param run names the run; a want that is sent again with the same id and attempt changes nothing
 * @param attempt 1 for the first; a higher one costs a token of the retry budget, unless it is {@code quiet}
 * @param lane the lane it waits in
 * @param tenant who asks: the API key's name
 * @param user whose turn it is within the tenant; empty for one flow per tenant
 * @param language the language id that the server must have, lower-case
 * @param stickyKey the tenant-scoped job id, or null; a hint
 * @param fileSet a hash of the files it needs, 0 for none; a hint
 * @param costMillis estimated slot time, above 0
 * @param waitedMillis how long it had already waited before it was first asked for here (a retry, another node)
 * @param patienceMillis how long it may wait from its very start, capped by the caller's own
 * @param deadlineMillis how long after its grant it may still be executing, above 0: {@code (10 + 4 × cputime)} s and a
 *     margin. A permit that was lost stays taken so long
 * @param quiet whether it must run on a server with no more than {@code cores} runs in flight meanwhile
 * @param excluded ids of servers on which an earlier attempt failed
 * @param pinned the only server it may run on, in whatever state that one is: a probe run; null for everybody else
 */
public record Want(
    RunId run,
    int attempt,
    String lane,
    String tenant,
    String user,
    String language,
    @Nullable String stickyKey,
    long fileSet,
    int costMillis,
    long waitedMillis,
    long patienceMillis,
    long deadlineMillis,
    boolean quiet,
    Set<String> excluded,
    @Nullable String pinned) {

  /**
   * The lane of probe runs. Always there, first of all, outside the reserve and every count of live runs; only a
   * pinned want may name it.
   */
  public static final String PROBE_LANE = "_probe";

  /** {@code deadlineMillis} for Jobe's default of 5 s of cputime, with a margin of 5 s. */
  public static final long DEFAULT_DEADLINE_MILLIS = 35_000;

  public Want {
    excluded = Set.copyOf(excluded);
    if (costMillis < 1 || deadlineMillis < 1) {
      throw new IllegalArgumentException("run " + run + ": costMillis " + costMillis
          + ", deadlineMillis " + deadlineMillis + " (expected: above 0)");
    }
  }

  /** A want of a run with Jobe's default limits: {@link #DEFAULT_DEADLINE_MILLIS}. */
  public Want(
      RunId run,
      int attempt,
      String lane,
      String tenant,
      String user,
      String language,
      @Nullable String stickyKey,
      long fileSet,
      int costMillis,
      long waitedMillis,
      long patienceMillis,
      boolean quiet,
      Set<String> excluded,
      @Nullable String pinned) {
    this(
        run,
        attempt,
        lane,
        tenant,
        user,
        language,
        stickyKey,
        fileSet,
        costMillis,
        waitedMillis,
        patienceMillis,
        DEFAULT_DEADLINE_MILLIS,
        quiet,
        excluded,
        pinned);
  }

  /** The same want after so long in all. */
  public Want waited(long millis) {
    return new Want(
        run,
        attempt,
        lane,
        tenant,
        user,
        language,
        stickyKey,
        fileSet,
        costMillis,
        millis,
        patienceMillis,
        deadlineMillis,
        quiet,
        excluded,
        pinned);
  }
}
