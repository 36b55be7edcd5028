package io.gradelane.sandbox;

import java.util.BitSet;
import java.util.OptionalInt;

/** Which slots are taken. Safe for use by many threads. */
final class Slots {

  private final int count;
  private final BitSet taken = new BitSet();

  Slots(int count) {
    this.count = count;
  }

  synchronized OptionalInt take() {
    int slot = taken.nextClearBit(0);
    if (slot >= count) {
      return OptionalInt.empty();
    }
    taken.set(slot);
    return OptionalInt.of(slot);
  }

  synchronized void free(int slot) {
    taken.clear(slot);
  }
}
