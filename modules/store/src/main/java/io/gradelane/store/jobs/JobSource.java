package io.gradelane.store.jobs;

import io.vertx.core.Future;
import java.util.Iterator;
import java.util.List;

/** Jobs to be submitted, slice by slice, so that a great batch is never in memory whole. */
public interface JobSource {

  /** Jobs of one slice, at most; what goes to the database as one statement. */
  int SLICE = 10_000;

  /** The next slice, of at most {@link #SLICE}; an empty one is the end. */
  Future<List<NewJob>> next();

  /** Those in a list. */
  static JobSource of(List<NewJob> jobs) {
    Iterator<Integer> starts = java.util.stream.IntStream.iterate(
            0, at -> at < jobs.size(), at -> at + SLICE)
        .iterator();
    return () -> Future.succeededFuture(starts.hasNext() ? slice(jobs, starts.next()) : List.of());
  }

  private static List<NewJob> slice(List<NewJob> jobs, int from) {
    return jobs.subList(from, Math.min(jobs.size(), from + SLICE));
  }
}
