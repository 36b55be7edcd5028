package io.gradelane.store.fleet;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** The exams that were told by the interface. */
public interface ExamBook {

  /** By start, then by id. */
  Future<List<KeptExam>> all();

  /** @return whether its id was free */
  Future<Boolean> add(KeptExam exam);

  /** @return whether there is one of its id */
  Future<Boolean> replace(KeptExam exam);

  /** @return whether there was one */
  Future<Boolean> remove(String id);

  /** Forgets those that ended before this moment. */
  Future<Void> forget(Instant before);

  /** Whether they outlive this process. */
  boolean lasts();
}
