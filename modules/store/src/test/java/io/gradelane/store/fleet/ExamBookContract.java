package io.gradelane.store.fleet;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.Exam;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every book of exams does. */
public abstract class ExamBookContract {

  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00.123456Z");

  /** An empty one. */
  protected abstract ExamBook book();

  @Test
  void whatIsToldIsListedByStart() {
    ExamBook book = book();
    KeptExam late = exam("a", 50);
    KeptExam early = exam("c", 10);
    KeptExam beside = exam("b", 10);

    assertThat(get(book.all())).isEmpty();
    assertThat(get(book.add(late))).isTrue();
    assertThat(get(book.add(early))).isTrue();
    assertThat(get(book.add(beside))).isTrue();

    assertThat(get(book.all())).containsExactly(beside, early, late);
  }

  @Test
  void anIdIsGivenOnce() {
    ExamBook book = book();
    KeptExam first = exam("a", 10);
    get(book.add(first));

    assertThat(get(book.add(exam("a", 20)))).isFalse();
    assertThat(get(book.all())).containsExactly(first);
  }

  @Test
  void oneIsReplacedWholeIfItIsThere() {
    ExamBook book = book();
    get(book.add(exam("a", 10)));
    get(book.add(exam("b", 15)));
    KeptExam other =
        new KeptExam("a", new Exam("finals: ÄÖ \"2\"", NOW, NOW.plusSeconds(60), 7), "bob");

    assertThat(get(book.replace(other))).isTrue();
    assertThat(get(book.replace(exam("none", 10)))).isFalse();

    assertThat(get(book.all())).containsExactly(other, exam("b", 15));
  }

  @Test
  void oneIsRemovedOnce() {
    ExamBook book = book();
    get(book.add(exam("a", 10)));

    assertThat(get(book.remove("a"))).isTrue();
    assertThat(get(book.remove("a"))).isFalse();
    assertThat(get(book.remove("no \u0000 id"))).isFalse();
    assertThat(get(book.all())).isEmpty();
  }

  @Test
  void thoseThatEndedLongAgoAreForgotten() {
    ExamBook book = book();
    KeptExam over = exam("over", 0);
    KeptExam coming = exam("coming", 100);
    get(book.add(over));
    get(book.add(coming));

    get(book.forget(over.exam().end()));
    assertThat(get(book.all())).containsExactly(over, coming);
    get(book.forget(over.exam().end().plusSeconds(1)));
    assertThat(get(book.all())).containsExactly(coming);
  }

  private static KeptExam exam(String id, int startsIn) {
    Instant start = NOW.plusSeconds(startsIn);
    return new KeptExam(id, new Exam("midterm", start, start.plusSeconds(3600), 240), "ada");
  }
}
