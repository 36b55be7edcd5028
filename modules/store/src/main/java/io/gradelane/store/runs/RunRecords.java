package io.gradelane.store.runs;

import io.vertx.core.Future;
import java.util.List;

/** The records of runs, by time. */
public interface RunRecords {

  /**
   * Keeps them. Sent twice, they are kept once.
   *
   * @return how many of them will never be taken, for what is in them
   */
  Future<Integer> add(List<RunRecord> group);

  /** Newest first. */
  Future<List<RunRecord>> page(RunFilter filter, int size);
}
