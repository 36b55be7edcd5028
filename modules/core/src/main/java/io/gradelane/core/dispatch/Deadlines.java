package io.gradelane.core.dispatch;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks by deadline, the next one first: a binary heap whose members know their place, so any can leave. The deadlines
 * stand in an array of their own: comparing does not touch the asks.
 */
final class Deadlines {

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
    if (i > 0 && times[(i - 1) >>> 1] > time) {
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
      int parent = (i - 1) >>> 1;
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
    for (int child = 2 * i + 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && times[child + 1] < times[child]) {
        child++;
      }
      if (times[child] >= time) {
        break;
      }
      set(i, at(child), times[child]);
      i = child;
    }
    set(i, ask, time);
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
