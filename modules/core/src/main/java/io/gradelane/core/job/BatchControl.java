package io.gradelane.core.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a batch is steered. Each change is a new control; the store takes it only over the {@code version} that it was
 * made from, so no change is lost.
 *
 * @param lane where its jobs wait
 * @param priority among the batches of its lane: the higher goes first
 * @param paused why nothing of it starts for now; null if it is not paused
 * @param upTo jobs with a greater sequence don't start yet: a sample goes first
 * @param notBefore nothing of it starts before; null for at once
 * @param stop when it pauses by itself, or null
 * @param cancelled nothing of it starts any more, and what runs is dropped
 * @param version counts changes from 1
 */
public record BatchControl(
    String lane,
    int priority,
    @Nullable String paused,
    int upTo,
    @Nullable Instant notBefore,
    @Nullable StopRule stop,
    boolean cancelled,
    int version) {

  /** {@code upTo} of a batch without a sample. */
  public static final int ALL = BatchId.MAX_JOBS;

  public BatchControl {
    if (upTo < 1 || version < 1) {
      throw new IllegalArgumentException(
          "batch control: up to " + upTo + ", version " + version + " (expected: 1 or more)");
    }
  }

  /** A batch that starts at once, as far as its lane lets it. */
  public static BatchControl in(String lane) {
    return new BatchControl(lane, 0, null, ALL, null, null, false, 1);
  }

  /** Whether the job with this sequence may start. */
  public boolean mayStart(int sequence, Instant now) {
    return !cancelled
        && paused == null
        && sequence <= upTo
        && (notBefore == null || !now.isBefore(notBefore));
  }

  /** @param why for whoever looks at it and wonders */
  public BatchControl pause(String why) {
    return changed(lane, priority, why, upTo, notBefore, cancelled);
  }

  public BatchControl resume() {
    return changed(lane, priority, null, upTo, notBefore, cancelled);
  }

  public BatchControl toLane(String other) {
    return changed(other, priority, paused, upTo, notBefore, cancelled);
  }

  public BatchControl withPriority(int other) {
    return changed(lane, other, paused, upTo, notBefore, cancelled);
  }

  /** Only the first {@code jobs} may start, until {@link #runAll}. */
  public BatchControl sample(int jobs) {
    return changed(lane, priority, paused, jobs, notBefore, cancelled);
  }

  public BatchControl runAll() {
    return sample(ALL);
  }

  public BatchControl startAt(@Nullable Instant time) {
    return changed(lane, priority, paused, upTo, time, cancelled);
  }

  public BatchControl cancel() {
    return changed(lane, priority, paused, upTo, notBefore, true);
  }

  public BatchControl withStop(@Nullable StopRule rule) {
    BatchControl next = changed(lane, priority, paused, upTo, notBefore, cancelled);
    return new BatchControl(
        lane, priority, paused, upTo, notBefore, rule, cancelled, next.version());
  }

  /** The same under another number: changes that are made together count as one. */
  public BatchControl withVersion(int other) {
    return new BatchControl(lane, priority, paused, upTo, notBefore, stop, cancelled, other);
  }

  /** Whether all of its sample has ended, so that somebody may look at it and let the rest run. */
  public boolean sampleHasEnded(Progress progress) {
    return upTo < progress.total() && progress.ended() >= upTo;
  }

  /** The control that follows from how far it is: paused where its stop rule says so, else this one. */
  public BatchControl after(Progress progress) {
    if (stop == null || paused != null || cancelled || !stop.isReached(progress)) {
      return this;
    }
    return pause("more than " + stop.percent() + " % are dead or were lost");
  }

  private BatchControl changed(
      String newLane,
      int newPriority,
      @Nullable String newPaused,
      int newUpTo,
      @Nullable Instant newNotBefore,
      boolean newCancelled) {
    if (cancelled) {
      throw new IllegalStateException("the batch is cancelled: nothing of it can be changed");
    }
    return new BatchControl(
        newLane, newPriority, newPaused, newUpTo, newNotBefore, stop, newCancelled, version + 1);
  }
}
