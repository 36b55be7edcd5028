package io.gradelane.fleet.calendar;

import io.gradelane.core.fleet.Exam;
import io.gradelane.fleet.ExamSource;
import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.KeptExam;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The exams that were told by the interface. */
public record ToldExams(ExamBook book) implements ExamSource {

  /** So long after its end an exam can still be looked up. */
  private static final Duration KEPT = Duration.ofDays(30);

  @Override
  public Future<List<Exam>> read() {
    return book.all().map(kept -> kept.stream().map(KeptExam::exam).toList());
  }

  @Override
  public Future<Void> forget(Instant now) {
    return book.forget(now.minus(KEPT));
  }
}
