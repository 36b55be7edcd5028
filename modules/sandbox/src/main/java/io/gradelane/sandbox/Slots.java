package io.gradelane.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * Which slots are free. The one that has been free for longest is taken first: the system may still be burying what the
 * last run in a slot left behind, and counts it against the next. Safe for use by many threads.
 */
final class Slots {

  private final Deque<Integer> free = new ArrayDeque<>();

  Slots(int count) {
    for (int slot = 0; slot < count; slot++) {
      free.add(slot);
    }
  }

  synchronized OptionalInt take() {
    Integer slot = free.poll();
    return slot == null ? OptionalInt.empty() : OptionalInt.of(slot);
  }

  synchronized void free(int slot) {
    free.add(slot);
  }
}
