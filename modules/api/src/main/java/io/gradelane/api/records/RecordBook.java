package io.gradelane.api.records;

import io.gradelane.store.runs.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Records of runs that are still to be kept; one a node. Safe on any thread, and nobody ever waits for it: when it is full
 * the oldest are dropped.
 */
public final class RecordBook {

  /** Some seconds of a busy node, and a few megabytes. */
  public static final int USUAL = 20_000;

  private final ArrayBlockingQueue<RunRecord> records;
  private final boolean open;
  private final LongAdder dropped = new LongAdder();

  private RecordBook(int most, boolean open) {
    this.records = new ArrayBlockingQueue<>(most);
    this.open = open;
  }

  public static RecordBook of(int most) {
    return new RecordBook(most, true);
  }

  /** Takes nothing down. */
  public static RecordBook closed() {
    return new RecordBook(1, false);
  }

  public void add(RunRecord record) {
    while (open && !records.offer(record)) {
      if (records.poll() != null) {
        dropped.increment();
      }
    }
  }

  /** The oldest, at most so many; they are out of the book then. */
  List<RunRecord> take(int most) {
    List<RunRecord> group = new ArrayList<>();
    records.drainTo(group, most);
    return group;
  }

  int size() {
    return records.size();
  }

  void dropped(int more) {
    dropped.add(more);
  }

  /** How many were never kept. */
  long dropped() {
    return dropped.sum();
  }
}
