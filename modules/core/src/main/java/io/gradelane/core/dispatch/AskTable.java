package io.gradelane.core.dispatch;

import io.gradelane.core.run.RunId;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runs that wait or hold a permit, by id: open addressing with linear probing, so that a run costs no node of its
 * own. Doubles when three quarters full.
 */
final class AskTable {

  private @Nullable Ask[] slots = new @Nullable Ask[1024];
  private int size;

  int size() {
    return size;
  }

  @Nullable
  Ask get(RunId run) {
    int mask = slots.length - 1;
    for (int i = home(run, mask); ; i = (i + 1) & mask) {
      Ask ask = slots[i];
      if (ask == null || ask.want.run().equals(run)) {
        return ask;
      }
    }
  }

  /** Replaces an earlier entry of the same run. */
  void put(Ask ask) {
    if (size * 4 >= slots.length * 3) {
      grow();
    }
    place(ask);
  }

  /** Takes {@code ask} out, if it is the one that its run is known by. */
  void remove(Ask ask) {
    int mask = slots.length - 1;
    int i = home(ask.want.run(), mask);
    while (slots[i] != ask) {
      if (slots[i] == null) {
        return;
      }
      i = (i + 1) & mask;
    }
    size--;
    close(i, mask);
  }

  /** The consumer must not change the table. */
  void forEach(Consumer<Ask> consumer) {
    for (Ask ask : slots) {
      if (ask != null) {
        consumer.accept(ask);
      }
    }
  }

  private void place(Ask ask) {
    int mask = slots.length - 1;
    int i = home(ask.want.run(), mask);
    for (Ask there = slots[i]; there != null; there = slots[i]) {
      if (there.want.run().equals(ask.want.run())) {
        slots[i] = ask;
        return;
      }
      i = (i + 1) & mask;
    }
    slots[i] = ask;
    size++;
  }

  /** Moves later entries of the same probe sequence up, so that no mark of a removed one is needed. */
  private void close(int hole, int mask) {
    int i = hole;
    for (int j = (i + 1) & mask; ; j = (j + 1) & mask) {
      Ask ask = slots[j];
      if (ask == null) {
        slots[i] = null;
        return;
      }
      int home = home(ask.want.run(), mask);
      if (((j - home) & mask) >= ((j - i) & mask)) {
        slots[i] = ask;
        i = j;
      }
    }
  }

  private void grow() {
    @Nullable Ask[] old = slots;
    slots = new @Nullable Ask[old.length * 2];
    size = 0;
    for (Ask ask : old) {
      if (ask != null) {
        place(ask);
      }
    }
  }

  private static int home(RunId run, int mask) {
    UUID id = run.value();
    long mixed = (id.getLeastSignificantBits() ^ id.getMostSignificantBits()) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & mask;
  }
}
