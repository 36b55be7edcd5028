package io.gradelane.api.watch;

import io.gradelane.api.v1.JobJson;
import io.gradelane.core.job.Progress;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.BatchEvent;
import io.gradelane.store.jobs.EventCursor;
import io.gradelane.store.jobs.LogHead;
import io.gradelane.store.jobs.LogHead.Writer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The log of one watched batch as it is read on one event loop, and those who watch it. There is one reading position
 * for all: whoever comes with an older cursor pulls it back, and everybody skips what he has seen. Does no I/O.
 *
 * <p>To be told: {@link #beginRead}, then what was found behind the cursor that it answers; one reading at a time.
 */
final class BatchLog {

  /** Who is further behind is told how things are instead. */
  static final int MOST_REPLAYED = 10_000;

  private final Map<Long, Writer> writers = new HashMap<>();
  private final Set<Watcher> joining = new LinkedHashSet<>();
  private final Set<Watcher> following = new LinkedHashSet<>();
  private final Position position;
  private final Position head;
  private Position mustReach;
  private Batch batch;
  private @Nullable Word progress;

  BatchLog(LogHead known) {
    position = new Position(known.cursor());
    head = new Position(known.cursor());
    mustReach = new Position(head);
    batch = known.batch();
    known.writers().forEach(this::count);
  }

  Batch batch() {
    return batch;
  }

  /** How far the counts go. */
  Position head() {
    return head;
  }

  boolean isWatched() {
    return !joining.isEmpty() || !following.isEmpty();
  }

  /** Whether more was counted than read: there is something to read. */
  boolean isBehind() {
    return !joining.isEmpty() || !position.covers(head);
  }

  void join(Watcher watcher) {
    if (head.distance(watcher.seen()) > MOST_REPLAYED) {
      watcher.lose("more than " + MOST_REPLAYED + " events have happened since");
      watcher.restart(position.cursor(), watcher.jobState());
    }
    joining.add(watcher);
  }

  void leave(Watcher watcher) {
    joining.remove(watcher);
    following.remove(watcher);
  }

  Set<Watcher> following() {
    return following;
  }

  // --- reading

  /** From where to read. Who joins from now on is served by the next reading. */
  EventCursor beginRead() {
    joining.forEach(watcher -> position.lower(watcher.seen()));
    following.addAll(joining);
    joining.clear();
    mustReach = new Position(head);
    return position.cursor();
  }

  /** The batch was looked at again. */
  void refresh(LogHead known) {
    batch = known.batch();
    known.writers().forEach(this::count);
    head.raise(new Position(known.cursor()));
    progress = null;
  }

  /** @param whole whether nothing was left behind these when they were read */
  void read(List<BatchEvent> events, boolean whole) {
    progress = null;
    boolean jobsAreWatched =
        following.stream().anyMatch(watcher -> watcher.sequence() != Watcher.ALL);
    for (BatchEvent event : events) {
      position.pass(event);
      count(Writer.of(event));
      head.pass(event);
      tell(event, jobsAreWatched ? states(event) : Map.of());
    }
    if (whole) {
      settle();
    }
  }

  private void tell(BatchEvent event, Map<Integer, String> states) {
    for (Watcher watcher : following) {
      if (!watcher.seen().has(event)) {
        watcher.take(event, states.get(watcher.sequence()));
      }
    }
  }

  /** What had been counted before the reading began and was not found is gone for good. */
  private void settle() {
    position.raise(mustReach);
    for (Watcher watcher : following) {
      if (!watcher.seen().covers(mustReach)) {
        watcher.lose("events are missing from the log");
      } else if (!head.covers(watcher.seen())) {
        watcher.lose("the cursor is none of this log");
      }
    }
  }

  private void count(Writer writer) {
    writers.merge(
        writer.session(), writer, (one, other) -> one.number() > other.number() ? one : other);
  }

  private static Map<Integer, String> states(BatchEvent event) {
    return event.jobs().stream()
        .collect(Collectors.toMap(
            BatchEvent.Changed::sequence, BatchEvent.Changed::state, (one, later) -> later));
  }

  // --- those who can't go on

  /** Those whose gap is still to be closed. */
  List<Watcher> lost() {
    List<Watcher> lost = new ArrayList<>();
    following.stream().filter(Watcher::isLost).forEach(lost::add);
    return lost;
  }

  /** Lets a watcher of the whole batch go on from where all others are. */
  void restart(Watcher watcher) {
    watcher.restart(position.cursor(), null);
  }

  // --- words

  Word snapshot(
      Word.Type type, EventCursor cursor, int sequence, @Nullable String jobState, String why) {
    JsonObject data = new JsonObject().put("batch", JobJson.batch(now()));
    if (sequence != Watcher.ALL) {
      data.put("job", jobJson(sequence, jobState));
    }
    if (!why.isEmpty()) {
      data.put("reason", why);
    }
    return new Word(type, cursor.toString(), data);
  }

  /** How far the batch is; the same word for all who have seen the same. */
  Word progress() {
    Word word = progress;
    if (word == null) {
      JsonObject counts = JobJson.batch(now()).getJsonObject("progress");
      JsonObject data = new JsonObject().put("kind", "progress").put("progress", counts);
      word = new Word(Word.Type.EVENT, head.cursor().toString(), data);
      progress = word;
    }
    return word;
  }

  /** Everything but progress, with the batch as it is now. */
  Word event(BatchEvent event, EventCursor cursor) {
    JsonObject data = new JsonObject()
        .put("kind", event.kind().name().toLowerCase(Locale.ROOT))
        .put("at", event.at().toString())
        .put("detail", event.detail())
        .put("batch", JobJson.batch(now()));
    return new Word(Word.Type.EVENT, cursor.toString(), data);
  }

  Word job(BatchEvent event, int sequence, String state, EventCursor cursor) {
    JsonObject data = new JsonObject()
        .put("kind", "job")
        .put("at", event.at().toString())
        .put("job", jobJson(sequence, state));
    return new Word(Word.Type.EVENT, cursor.toString(), data);
  }

  private JsonObject jobJson(int sequence, @Nullable String state) {
    return new JsonObject()
        .put("id", batch.id().job(sequence).toString())
        .put("batch", batch.id().toString())
        .put("state", state);
  }

  /** The batch with the counts of all that was read; how many were known is as of the last look, for no event says it. */
  private Batch now() {
    int finished = 0;
    int dead = 0;
    int cancelled = 0;
    int lost = 0;
    for (Writer each : writers.values()) {
      finished += each.finished();
      dead += each.dead();
      cancelled += each.cancelled();
      lost += each.lost();
    }
    return new Batch(
        batch.id(),
        batch.tenant(),
        batch.name(),
        batch.template(),
        batch.sealed(),
        batch.control(),
        batch.reuse(),
        new Progress(
            batch.progress().total(),
            finished,
            dead,
            cancelled,
            lost,
            batch.progress().cached()),
        batch.createdAt(),
        batch.endedAt());
  }
}
