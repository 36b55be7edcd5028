package io.gradelane.api.jobs;

import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.Jobs.Found;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the engine knows of one batch that has not ended. Belongs to the engine's context. */
final class OpenBatch {

  /** Higher priorities first, then older ones. */
  static final Comparator<OpenBatch> ORDER = Comparator.comparingInt(
          (OpenBatch one) -> -one.batch.control().priority())
      .thenComparing(one -> one.batch.id());

  private final Deque<Found> ready = new ArrayDeque<>();
  private final Map<JobId, JobRun> inHand = new HashMap<>();
  private Batch batch;
  private @Nullable JobId cursor;
  private boolean readToTheEnd;
  private boolean reading;

  OpenBatch(Batch batch) {
    this.batch = batch;
  }

  Batch batch() {
    return batch;
  }

  /** It was read again; more jobs may have come. */
  void update(Batch next) {
    readToTheEnd &= next.progress().total() == batch.progress().total();
    batch = next;
    if (isStuck()) {
      rewind();
    }
  }

  /** Jobs are left, yet nothing is under way: some came back that nobody told of. */
  private boolean isStuck() {
    return readToTheEnd
        && ready.isEmpty()
        && inHand.isEmpty()
        && batch.progress().left() > 0;
  }

  /** Reads again from the first. */
  void rewind() {
    ready.clear();
    cursor = null;
    readToTheEnd = false;
  }

  boolean needsReading(int low) {
    return !reading && !readToTheEnd && ready.size() < low;
  }

  @Nullable
  JobId beginReading() {
    reading = true;
    return cursor;
  }

  void readFailed() {
    reading = false;
  }

  void read(List<Found> found, int asked) {
    reading = false;
    readToTheEnd = found.size() < asked;
    for (Found one : found) {
      cursor = one.id();
      if (!inHand.containsKey(one.id())) {
        ready.add(one);
      }
    }
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

  /** It is to be tried again, unless it was found again meanwhile. */
  void giveBack(Found job) {
    boolean known =
        inHand.containsKey(job.id()) || ready.stream().anyMatch(one -> one.id().equals(job.id()));
    if (!known) {
      ready.addFirst(job);
    }
  }

  boolean hasInHand() {
    return !inHand.isEmpty();
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
    return inHand.isEmpty() && ready.isEmpty() && readToTheEnd;
  }
}
