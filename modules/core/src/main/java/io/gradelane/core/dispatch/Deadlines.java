package io.gradelane.core.dispatch;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks by deadline, the next one first: a binary heap whose members know their place, so any can leave. */
final class Deadlines {

  private @Nullable Ask[] heap = new @Nullable Ask[256];
  private int size;

  int size() {
    return size;
  }

  /** The earliest deadline, {@link Times#NEVER} if there is none. */
  long next() {
    return size == 0 ? Times.NEVER : at(0).deadline;
  }

  /** Takes out the ask with the earliest deadline if that is not after {@code now}. */
  @Nullable
  Ask pollUntil(long now) {
    if (size == 0 || at(0).deadline > now) {
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
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    up(size++, ask);
  }

  /** Nothing happens if it is not here. */
  void remove(Ask ask) {
    int i = ask.heapIndex;
    if (i < 0) {
      return;
    }
    ask.heapIndex = -1;
    Ask last = at(--size);
    heap[size] = null;
    if (last == ask) {
      return;
    }
    if (i > 0 && at((i - 1) >>> 1).deadline > last.deadline) {
      up(i, last);
    } else {
      down(i, last);
    }
  }

  /** The consumer must not change the heap. */
  void forEach(Consumer<Ask> consumer) {
    for (int i = 0; i < size; i++) {
      consumer.accept(at(i));
    }
  }

  private void up(int from, Ask ask) {
    int i = from;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      Ask above = at(parent);
      if (above.deadline <= ask.deadline) {
        break;
      }
      set(i, above);
      i = parent;
    }
    set(i, ask);
  }

  private void down(int from, Ask ask) {
    int i = from;
    for (int child = 2 * i + 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && at(child + 1).deadline < at(child).deadline) {
        child++;
      }
      Ask below = at(child);
      if (below.deadline >= ask.deadline) {
        break;
      }
      set(i, below);
      i = child;
    }
    set(i, ask);
  }

  private void set(int i, Ask ask) {
    heap[i] = ask;
    ask.heapIndex = i;
  }

  private Ask at(int i) {
    return Objects.requireNonNull(heap[i]);
  }
}
