package io.gradelane.store.heap;

import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.KeptExam;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The exams of a node that stands alone; they end with it. Thread-safe. */
public final class HeapExamBook implements ExamBook {

  private static final Comparator<KeptExam> BY_START =
      Comparator.comparing((KeptExam kept) -> kept.exam().start()).thenComparing(KeptExam::id);

  private final Map<String, KeptExam> exams = new HashMap<>();

  @Override
  public synchronized Future<List<KeptExam>> all() {
    return Future.succeededFuture(exams.values().stream().sorted(BY_START).toList());
  }

  @Override
  public synchronized Future<Boolean> add(KeptExam exam) {
    return Future.succeededFuture(exams.putIfAbsent(exam.id(), exam) == null);
  }

  @Override
  public synchronized Future<Boolean> replace(KeptExam exam) {
    return Future.succeededFuture(exams.replace(exam.id(), exam) != null);
  }

  @Override
  public synchronized Future<Boolean> remove(String id) {
    return Future.succeededFuture(exams.remove(id) != null);
  }

  @Override
  public synchronized Future<Void> forget(Instant before) {
    exams.values().removeIf(kept -> kept.exam().end().isBefore(before));
    return Future.succeededFuture();
  }

  @Override
  public boolean lasts() {
    return false;
  }
}
