package io.gradelane.launcher;

import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.KeptExam;
import io.gradelane.store.fleet.NotOpenYet;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The exams of a database that is opened in the background: until it is there, whatever is asked of it fails. */
record LateExamBook(Supplier<Optional<ExamBook>> opened) implements ExamBook {

  @Override
  public Future<List<KeptExam>> all() {
    return with(ExamBook::all);
  }

  @Override
  public Future<Boolean> add(KeptExam exam) {
    return with(book -> book.add(exam));
  }

  @Override
  public Future<Boolean> replace(KeptExam exam) {
    return with(book -> book.replace(exam));
  }

  @Override
  public Future<Boolean> remove(String id) {
    return with(book -> book.remove(id));
  }

  @Override
  public Future<Void> forget(Instant before) {
    return with(book -> book.forget(before));
  }

  @Override
  public boolean lasts() {
    return true;
  }

  private <T> Future<T> with(Function<ExamBook, Future<T>> question) {
    return opened.get().map(question).orElseGet(() -> Future.failedFuture(new NotOpenYet()));
  }
}
