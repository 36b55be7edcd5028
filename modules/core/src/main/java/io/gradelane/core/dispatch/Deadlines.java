package io.gradelane.core.dispatch;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks by deadline, the next one first: a heap whose members know their place, so any can leave. The deadlines stand in
 * an array of their own: comparing does not touch the asks. Each place has eight below it, whose deadlines fill one cache
 * line: with 100,000 runs waiting, one that leaves moves six others instead of seventeen.
 */
final class Deadlines {

  /** The places below place {@code i} are {@code (i << ORDER) + 1} and the seven that follow. */
  private static final int ORDER = 3;

  private @Nullable Ask[] asks = new @Nullable Ask[256];
  private long[] times = new long[256];
  private int size;

  int size() {
    return size;
  }

  /** The earliest deadline, {@link Times#NEVER} if there is none. */
  long next() {
    return size == 0 ? Times.NEVER : times[0];
  }

  /** Takes out the ask with the earliest deadline if that is not after {@code now}. */
  @Nullable
  Ask pollUntil(long now) {
    if (size == 0 || times[0] > now) {
      return null;
    }
    Ask first = at(0);
    remove(first);
    return first;
  }

  void add(Ask ask) {
    if (ask.deadline == Times.NEVER) {
      return;
    }
    if (size == times.length) {
      asks = Arrays.copyOf(asks, size * 2);
      times = Arrays.copyOf(times, size * 2);
    }
    up(size++, ask, ask.deadline);
  }

  /** Nothing happens if it is not here. */
  void remove(Ask ask) {
    int i = ask.heapIndex;
    if (i < 0) {
      return;
    }
    ask.heapIndex = -1;
    Ask last = at(--size);
    asks[size] = null;
    if (last == ask) {
      return;
    }
    long time = times[size];
    if (i > 0 && times[(i - 1) >>> ORDER] > time) {
      up(i, last, time);
    } else {
      down(i, last, time);
    }
  }

  /** The consumer must not change the heap. */
  void forEach(Consumer<Ask> consumer) {
    for (int i = 0; i < size; i++) {
      consumer.accept(at(i));
    }
  }

  private void up(int from, Ask ask, long time) {
    int i = from;
    while (i > 0) {
      int parent = (i - 1) >>> ORDER;
      if (times[parent] <= time) {
        break;
      }
      set(i, at(parent), times[parent]);
      i = parent;
    }
    set(i, ask, time);
  }

  private void down(int from, Ask ask, long time) {
    int i = from;
    for (int below = earliestBelow(i); below < size && times[below] < time; ) {
      set(i, at(below), times[below]);
      i = below;
      below = earliestBelow(i);
    }
    set(i, ask, time);
  }

  /** The earliest of the places below {@code i}; {@link #size} or more if there is none. */
  private int earliestBelow(int i) {
    int earliest = (i << ORDER) + 1;
    int end = Math.min(size, earliest + (1 << ORDER));
    for (int other = earliest + 1; other < end; other++) {
      if (times[other] < times[earliest]) {
        earliest = other;
      }
    }
    return earliest;
  }

  private void set(int i, Ask ask, long time) {
    asks[i] = ask;
    times[i] = time;
    ask.heapIndex = i;
  }

  private Ask at(int i) {
    return Objects.requireNonNull(asks[i]);
  }
}
