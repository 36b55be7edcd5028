package io.gradelane.store.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch with the end of its log, all at one moment.
 *
 * @param writers the sessions that have written to the log
 * @param jobState the word for the state of the job that was asked for; null if none was, or there is no such
 */
public record LogHead(
    Batch batch, List<Writer> writers, @Nullable String jobState) {

  /**
   * How far one session has written.
   *
   * @param number of its last event; the counts include that
   */
  public record Writer(long session, long number, int finished, int dead, int cancelled, int lost) {

    /** As it was when it wrote {@code event}. */
    public static Writer of(BatchEvent event) {
      return new Writer(
          event.session(),
          event.number(),
          event.finished(),
          event.dead(),
          event.cancelled(),
          event.lost());
    }
  }

  public LogHead {
    writers = List.copyOf(writers);
  }

  /** Of somebody who has seen all of it. */
  public EventCursor cursor() {
    return EventCursor.of(writers);
  }
}
