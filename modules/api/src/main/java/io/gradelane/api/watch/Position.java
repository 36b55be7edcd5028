package io.gradelane.api.watch;

import io.gradelane.store.jobs.BatchEvent;
import io.gradelane.store.jobs.EventCursor;
import java.util.HashMap;
import java.util.Map;

/** A cursor that moves: of each session the number of the last event; 0 for those not named. */
final class Position {

  private final Map<Long, Long> numbers;

  Position(EventCursor cursor) {
    numbers = new HashMap<>(cursor.seen());
  }

  Position(Position other) {
    numbers = new HashMap<>(other.numbers);
  }

  long of(long session) {
    return numbers.getOrDefault(session, 0L);
  }

  /** Whether the event lies at or before it. */
  boolean has(BatchEvent event) {
    return event.number() <= of(event.session());
  }

  /** Whether the event is the next one of its session, so that none was left out. */
  boolean isNext(BatchEvent event) {
    return event.number() == of(event.session()) + 1;
  }

  void pass(BatchEvent event) {
    numbers.merge(event.session(), event.number(), Math::max);
  }

  boolean covers(Position other) {
    return other.numbers.entrySet().stream().allMatch(each -> of(each.getKey()) >= each.getValue());
  }

  /** How many events lie between {@code before} and this. */
  long distance(Position before) {
    return numbers.entrySet().stream()
        .mapToLong(each -> Math.max(0, each.getValue() - before.of(each.getKey())))
        .sum();
  }

  /** Back to where {@code other} is, in every session in which that is behind. */
  void lower(Position other) {
    numbers.replaceAll((session, number) -> Math.min(number, other.of(session)));
    numbers.values().removeIf(number -> number == 0);
  }

  /** Forward to where {@code other} is, in every session in which that is ahead. */
  void raise(Position other) {
    other.numbers.forEach((session, number) -> numbers.merge(session, number, Math::max));
  }

  EventCursor cursor() {
    return new EventCursor(numbers);
  }
}
