package io.gradelane.core.dispatch;

import io.gradelane.core.run.RunId;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runs that wait or hold a permit, by id: open addressing with linear probing, so that a run costs no node of its
 * own. The hashes stand in an array of their own: looking for a run touches no other run. Doubles when it is half full.
 */
final class AskTable {

  private @Nullable Ask[] asks = new @Nullable Ask[1024];
  private int[] hashes = new int[1024];
  private int size;

  int size() {
    return size;
  }

  @Nullable
  Ask get(RunId run) {
    int hash = hash(run);
    int mask = hashes.length - 1;
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      Ask ask = asks[i];
      if (ask == null || (hashes[i] == hash && ask.want.run().equals(run))) {
        return ask;
      }
    }
  }

  /** Its run must not be here. */
  void put(Ask ask) {
    if (size * 2 >= hashes.length) {
      grow();
    }
    size++;
    place(ask, hash(ask.want.run()));
  }

  /** Takes {@code ask} out, if it is the one that its run is known by. */
  void remove(Ask ask) {
    int mask = hashes.length - 1;
    int i = hash(ask.want.run()) & mask;
    while (asks[i] != ask) {
      if (asks[i] == null) {
        return;
      }
      i = (i + 1) & mask;
    }
    size--;
    close(i, mask);
  }

  /** The consumer must not change the table. */
  void forEach(Consumer<Ask> consumer) {
    for (Ask ask : asks) {
      if (ask != null) {
        consumer.accept(ask);
      }
    }
  }

  private void place(Ask ask, int hash) {
    int mask = hashes.length - 1;
    int i = hash & mask;
    while (asks[i] != null) {
      i = (i + 1) & mask;
    }
    asks[i] = ask;
    hashes[i] = hash;
  }

  /** Moves later entries of the same probe sequence up, so that no mark of a removed one is needed. */
  private void close(int hole, int mask) {
    int i = hole;
    for (int j = (i + 1) & mask; asks[j] != null; j = (j + 1) & mask) {
      int home = hashes[j] & mask;
      if (((j - home) & mask) >= ((j - i) & mask)) {
        asks[i] = asks[j];
        hashes[i] = hashes[j];
        i = j;
      }
    }
    asks[i] = null;
  }

  private void grow() {
    @Nullable Ask[] old = asks;
    int[] oldHashes = hashes;
    asks = new @Nullable Ask[old.length * 2];
    hashes = new int[old.length * 2];
    for (int i = 0; i < old.length; i++) {
      Ask ask = old[i];
      if (ask != null) {
        place(ask, oldHashes[i]);
      }
    }
  }

  private static int hash(RunId run) {
    UUID id = run.value();
    long mixed = id.getLeastSignificantBits() ^ Long.rotateLeft(id.getMostSignificantBits(), 21);
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return (int) (mixed ^ (mixed >>> 32));
  }
}
