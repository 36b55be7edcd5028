package io.gradelane.api.watch;

import io.gradelane.store.jobs.BatchEvent;
import io.gradelane.store.jobs.BatchEvent.Kind;
import io.gradelane.store.jobs.EventCursor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One who watches a batch, or one job of it: what it has been told, and what it is still to be told. Progress is not
 * kept but told as it stands when there is room; everything else is kept, in order, up to a bound, beyond which a gap is
 * said. Belongs to the {@link BatchLog} that it has joined.
 */
final class Watcher {

  /** The whole batch. */
  static final int ALL = 0;

  static final int MOST_PENDING = 1_000;

  /** @param state of the job, or empty for what happened to the batch */
  private record Pending(BatchEvent event, String state) {}

  private final int sequence;
  private final Position seen;
  private final Position told;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private @Nullable String jobState;
  private boolean greeted;
  private boolean moved;
  private @Nullable String lost;
  private boolean restarted;

  /**
   * @param sequence of the job, or {@link #ALL}
   * @param from what it has seen already
   * @param jobState the word for it, or null
   */
  Watcher(int sequence, EventCursor from, @Nullable String jobState) {
    this.sequence = sequence;
    this.jobState = jobState;
    seen = new Position(from);
    told = new Position(from);
  }

  int sequence() {
    return sequence;
  }

  @Nullable
  String jobState() {
    return jobState;
  }

  Position seen() {
    return seen;
  }

  /**
   * Takes note of an event behind what it has seen.
   *
   * @param state that its job has now, or null
   */
  void take(BatchEvent event, @Nullable String state) {
    if (!seen.isNext(event)) {
      lose("events are missing from the log");
    }
    seen.pass(event);
    if (isLost()) {
      return;
    }
    if (sequence == ALL && event.kind() == Kind.PROGRESS) {
      moved = true;
    } else if (sequence == ALL) {
      keep(new Pending(event, ""));
    } else if (state != null) {
      keep(new Pending(event, state));
    }
  }

  private void keep(Pending next) {
    pending.add(next);
    if (pending.size() > MOST_PENDING) {
      lose("what was not read has become too much");
    }
  }

  /** Nothing more can be told in order: it is to be restarted. */
  void lose(String why) {
    if (!isLost()) {
      lost = why;
      restarted = false;
      pending.clear();
    }
  }

  boolean isLost() {
    return lost != null && !restarted;
  }

  /** Goes on from {@code at}, where things are as will be told. */
  void restart(EventCursor at, @Nullable String state) {
    Position position = new Position(at);
    seen.lower(position);
    seen.raise(position);
    told.lower(position);
    told.raise(position);
    jobState = state;
    restarted = true;
  }

  /** The next thing to say, or null if there is nothing, or not yet. */
  @Nullable
  Word next(BatchLog log) {
    if (!greeted) {
      greeted = true;
      moved = !isUpToDate(log);
      return log.snapshot(Word.Type.SUBSCRIBED, told.cursor(), sequence, jobState, "");
    }
    if (lost != null) {
      return restarted ? gap(log) : null;
    }
    Pending first = pending.poll();
    if (first != null) {
      return event(log, first);
    }
    return sequence == ALL && moved && isUpToDate(log) ? progress(log) : null;
  }

  private Word gap(BatchLog log) {
    String why = Objects.requireNonNull(lost);
    lost = null;
    moved = !isUpToDate(log);
    return log.snapshot(Word.Type.GAP, told.cursor(), sequence, jobState, why);
  }

  private Word event(BatchLog log, Pending next) {
    told.pass(next.event);
    if (pending.isEmpty()) {
      told.raise(seen);
      moved &= !isUpToDate(log);
    }
    return sequence == ALL
        ? log.event(next.event, told.cursor())
        : log.job(next.event, sequence, next.state, told.cursor());
  }

  private Word progress(BatchLog log) {
    moved = false;
    told.raise(log.head());
    return log.progress();
  }

  /** Whether it has seen exactly what the counts hold: only then do they go with a cursor. */
  private boolean isUpToDate(BatchLog log) {
    return seen.covers(log.head()) && log.head().covers(seen);
  }
}
