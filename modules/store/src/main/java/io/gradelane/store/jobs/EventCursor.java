package io.gradelane.store.jobs;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far a watcher has seen a batch's log: of each session the number of its last event. Opaque to watchers.
 *
 * @param seen session to number
 */
public record EventCursor(Map<Long, Long> seen) {

  public static final EventCursor START = new EventCursor(Map.of());

  public EventCursor {
    seen = Map.copyOf(seen);
  }

  /** Of somebody who has seen all that these have written. */
  static EventCursor of(Collection<LogHead.Writer> writers) {
    return new EventCursor(writers.stream()
        .collect(Collectors.toMap(LogHead.Writer::session, LogHead.Writer::number)));
  }

  /** @throws IllegalArgumentException if {@code text} is no cursor */
  public static EventCursor parse(String text) {
    if (!text.matches("(\\d{1,18}-\\d{1,18}(\\.\\d{1,18}-\\d{1,18})*)?")) {
      throw new IllegalArgumentException(
          "cursor: '" + text + "' (expected: one that an earlier event came with)");
    }
    Map<Long, Long> seen = new TreeMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("\\.")) {
      int dash = pair.indexOf('-');
      seen.put(Long.valueOf(pair.substring(0, dash)), Long.valueOf(pair.substring(dash + 1)));
    }
    return new EventCursor(seen);
  }

  /** This one, with {@code event} seen too. */
  public EventCursor after(BatchEvent event) {
    Map<Long, Long> more = new TreeMap<>(seen);
    more.merge(event.session(), event.number(), Math::max);
    return new EventCursor(more);
  }

  @Override
  public String toString() {
    return new TreeMap<>(seen)
        .entrySet().stream()
            .map(one -> one.getKey() + "-" + one.getValue())
            .collect(Collectors.joining("."));
  }
}
