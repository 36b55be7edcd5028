package io.gradelane.fleet.calendar;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.Exam;
import io.gradelane.fleet.ExamSource;
import io.gradelane.store.fleet.KeptExam;
import io.gradelane.store.heap.HeapExamBook;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AllExamsTest {

  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

  private final HeapExamBook book = new HeapExamBook();
  private volatile Future<List<Exam>> file = Future.succeededFuture(List.of(exam("file")));
  private final AllExams all = new AllExams(
      List.of(ExamSource.of(List.of(exam("conf"))), () -> file, new ToldExams(book)));

  @Test
  void theyAreThoseOfAllSources() {
    get(book.add(new KeptExam("e-1", exam("told"), "ada")));

    assertThat(get(all.read())).containsExactly(exam("conf"), exam("file"), exam("told"));
  }

  @Test
  void oneSourceThatCannotBeReadKeepsItsOwnAndHidesNoneOfTheOthers() {
    get(all.read());
    file = Future.failedFuture("exams.ics: no such file");
    get(book.add(new KeptExam("e-1", exam("told"), "ada")));

    assertThat(get(all.read())).containsExactly(exam("conf"), exam("file"), exam("told"));
  }

  @Test
  void thoseThatWereToldAreForgottenAMonthAfterTheirEnd() {
    get(book.add(new KeptExam("e-1", exam("told"), "ada")));

    get(all.forget(NOW.plus(Duration.ofDays(30))));
    assertThat(get(book.all())).hasSize(1);
    get(all.forget(NOW.plus(Duration.ofDays(31))));
    assertThat(get(book.all())).isEmpty();
  }

  private static Exam exam(String name) {
    return new Exam(name, NOW, NOW.plusSeconds(3600), 240);
  }
}
