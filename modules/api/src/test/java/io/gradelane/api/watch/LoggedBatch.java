package io.gradelane.api.watch;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Progress;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.BatchEvent;
import io.gradelane.store.jobs.BatchEvent.Changed;
import io.gradelane.store.jobs.BatchEvent.Kind;
import io.gradelane.store.jobs.EventCursor;
import io.gradelane.store.jobs.LogHead;
import io.gradelane.store.jobs.LogHead.Writer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A batch and its log as a database shows them: each session's events become visible in order, but not in the order of
 * their times, and what is old may be gone.
 */
final class LoggedBatch {

  static final int JOBS = 40;
  private static final int SESSIONS = 3;

  final BatchId id;
  final List<BatchEvent> ever = new ArrayList<>();
  private final List<BatchEvent> visible = new ArrayList<>();
  private final Random random;
  private final Map<Long, Deque<BatchEvent>> uncommitted = new HashMap<>();
  private final Map<Long, Writer> written = new HashMap<>();
  private final Map<Long, Writer> committed = new HashMap<>();
  private long time;

  LoggedBatch(Random random) {
    this.random = random;
    id = BatchId.next(1, random);
  }

  /** One session writes one event. */
  void write() {
    int dice = random.nextInt(10);
    write(dice < 7 ? Kind.PROGRESS : dice < 9 ? Kind.STEERED : Kind.REOPENED);
  }

  void write(Kind kind) {
    long session = 1L + random.nextInt(SESSIONS);
    Writer before = written.getOrDefault(session, new Writer(session, 0, 0, 0, 0, 0));
    List<Changed> jobs = new ArrayList<>();
    int finished = before.finished();
    if (kind == Kind.PROGRESS) {
      jobs.add(
          new Changed(1 + random.nextInt(JOBS), random.nextBoolean() ? "finished" : "waiting"));
      finished++;
    }
    BatchEvent event = new BatchEvent(
        id,
        session,
        before.number() + 1,
        Instant.ofEpochSecond(++time),
        kind,
        finished,
        0,
        0,
        0,
        jobs,
        session + "/" + (before.number() + 1));
    written.put(session, Writer.of(event));
    uncommitted.computeIfAbsent(session, any -> new ArrayDeque<>()).add(event);
  }

  /** The oldest of one session becomes visible. */
  void commit() {
    Deque<BatchEvent> waiting = uncommitted.get(1L + random.nextInt(SESSIONS));
    if (waiting != null && !waiting.isEmpty()) {
      show(waiting.remove());
    }
  }

  void commitAll() {
    uncommitted.values().forEach(waiting -> {
      while (!waiting.isEmpty()) {
        show(waiting.remove());
      }
    });
  }

  private void show(BatchEvent event) {
    visible.add(event);
    ever.add(event);
    committed.put(event.session(), Writer.of(event));
  }

  /** The rows of the older half are gone; that they were written is still known. */
  void forgetHalf() {
    visible.subList(0, visible.size() / 2).clear();
  }

  int finished() {
    return committed.values().stream().mapToInt(Writer::finished).sum();
  }

  LogHead head(int sequence) {
    Batch batch = new Batch(
        id,
        "anna",
        "",
        null,
        true,
        BatchControl.in("bulk"),
        new Progress(10_000, finished(), 0, 0, 0),
        Instant.EPOCH,
        null);
    return new LogHead(batch, List.copyOf(committed.values()), sequence == 0 ? null : "waiting");
  }

  List<BatchEvent> since(EventCursor cursor, int limit) {
    Position seen = new Position(cursor);
    return visible.stream()
        .filter(event -> !seen.has(event))
        .sorted(Comparator.comparing(BatchEvent::at))
        .limit(limit)
        .toList();
  }
}
