package io.gradelane.api.jobs;

import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.Jobs.Found;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the engine knows of one batch that has not ended. Belongs to the engine's context. */
final class OpenBatch {

  /** Higher priorities first, then older ones. */
  static final Comparator<OpenBatch> ORDER = Comparator.comparingInt(
          (OpenBatch one) -> -one.batch.control().priority())
      .thenComparing(one -> one.batch.id());

  private final Deque<Found> ready = new ArrayDeque<>();
  private final Map<JobId, JobRun> inHand = new HashMap<>();

  /** They wait for their next try, or for what the database says of their claim. */
  private final Set<JobId> resting = new HashSet<>();

  private final String name;
  private Batch batch;

  /** What this node is to run of it. */
  private Share given;

  /** The same, or all if the others don't come to theirs. */
  private Share share;

  private @Nullable JobId cursor;
  private boolean readToTheEnd;
  private boolean reading;
  private int rewinds;

  /**
   * A page of jobs that is asked for.
   *
   * @param after behind which, or null for the first
   * @param rewinds that there had been
   */
  record Page(@Nullable JobId after, int rewinds) {}

  OpenBatch(Batch batch, Share given) {
    this.batch = batch;
    this.given = given;
    name = batch.id().toString();
    share = given;
    rewind();
  }

  Batch batch() {
    return batch;
  }

  /** Its id. */
  String name() {
    return name;
  }

  /** It was read again: more jobs may have come, and what could not be claimed before may be now. */
  void update(Batch next, Share nowGiven) {
    boolean steered = next.control().version() != batch.control().version();
    readToTheEnd &= next.progress().total() == batch.progress().total();
    batch = next;
    if (!nowGiven.equals(given)) {
      given = nowGiven;
      share = nowGiven;
      rewind();
    } else if (isStuck()) {
      share = Share.ALL;
      rewind();
    } else if (steered) {
      rewind();
    }
  }

  /**
   * Jobs are left that may start, yet nothing is under way: some came back that nobody told of, claims under a session that
   * was late found nothing, or the others don't come to theirs. Then this node helps with all.
   */
  private boolean isStuck() {
    int upTo = batch.control().upTo();
    Found first = ready.peek();
    boolean through = first == null ? readToTheEnd : first.id().sequence() > upTo;
    return through
        && inHand.isEmpty()
        && batch.progress().ended() < Math.min(upTo, batch.progress().total());
  }

  /** Reads again from the first; what is being read comes too late. */
  void rewind() {
    rewinds++;
    ready.clear();
    reading = false;
    readToTheEnd = false;
    readOn(1);
  }

  /** Lets go of what waits for its grant, and reads again from the first. */
  void askAgain() {
    List.copyOf(inHand.values()).stream().filter(run -> !run.isGranted()).forEach(JobRun::withdraw);
    rewind();
  }

  private void readOn(int sequence) {
    int next = share.next(batch.id(), sequence);
    readToTheEnd |= next > batch.progress().total();
    cursor = next == 1 ? null : batch.id().job(next - 1);
  }

  boolean needsReading(int low) {
    return !reading && !readToTheEnd && ready.size() < low;
  }

  Page beginReading() {
    reading = true;
    return new Page(cursor, rewinds);
  }

  void readFailed(Page page) {
    reading &= page.rewinds != rewinds;
  }

  /** @param asked a chunk or more, so that none is passed by */
  void read(Page page, List<Found> found, int asked) {
    if (page.rewinds != rewinds) {
      return;
    }
    reading = false;
    readToTheEnd = found.size() < asked;
    found.stream().filter(this::isToBegin).forEach(ready::add);
    if (!found.isEmpty()) {
      readOn(found.getLast().id().sequence() + 1);
    }
  }

  private boolean isToBegin(Found one) {
    return share.holds(one.id()) && !inHand.containsKey(one.id()) && !resting.contains(one.id());
  }

  /** The next job that may start, or null. */
  @Nullable
  Found next(Instant now) {
    Found first = ready.peek();
    boolean may = first != null && batch.control().mayStart(first.id().sequence(), now);
    return may ? ready.remove() : null;
  }

  void began(JobId job, JobRun run) {
    inHand.put(job, run);
  }

  void left(JobId job) {
    inHand.remove(job);
  }

  /** It does not start before it is given back. */
  void rest(JobId job) {
    resting.add(job);
    ready.removeIf(one -> one.id().equals(job));
  }

  /** It may be found again. */
  void wake(JobId job) {
    resting.remove(job);
  }

  /** It is to be tried again, unless it was found again meanwhile. */
  void giveBack(Found job) {
    wake(job.id());
    boolean known =
        inHand.containsKey(job.id()) || ready.stream().anyMatch(one -> one.id().equals(job.id()));
    if (!known) {
      ready.addFirst(job);
    }
  }

  boolean hasInHand() {
    return !inHand.isEmpty() || !resting.isEmpty();
  }

  /** Lets go of what has not been claimed, and may not start any more or waits in another lane than {@code lane}. */
  void withdraw(String lane, Instant now) {
    for (JobRun run : List.copyOf(inHand.values())) {
      boolean may = batch.control().mayStart(run.job().id().sequence(), now);
      if (!may || !run.lane().equals(lane)) {
        run.withdraw();
      }
    }
  }

  void withdrawAll() {
    List.copyOf(inHand.values()).forEach(JobRun::withdraw);
  }

  /** Whether all of it seems to have ended. */
  boolean seemsOver() {
    return inHand.isEmpty() && resting.isEmpty() && ready.isEmpty() && readToTheEnd;
  }
}
