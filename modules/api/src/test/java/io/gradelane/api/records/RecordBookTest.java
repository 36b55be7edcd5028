package io.gradelane.api.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.RunId;
import io.gradelane.store.runs.RunRecord;
import io.gradelane.store.runs.RunRecord.State;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordBookTest {

  private final Random random = new Random(1);

  @Test
  void whenItIsFullTheOldestAreDroppedAndCounted() {
    RecordBook book = RecordBook.of(2);
    RunRecord second = record();
    RunRecord third = record();
    book.add(record());
    book.add(second);
    book.add(third);

    assertThat(book.dropped()).isEqualTo(1);
    assertThat(book.take(10)).containsExactly(second, third);
    assertThat(book.size()).isZero();
  }

  @Test
  void aClosedOneTakesNothingAndDropsNothing() {
    RecordBook book = RecordBook.closed();
    book.add(record());
    book.add(record());

    assertThat(book.take(10)).isEmpty();
    assertThat(book.dropped()).isZero();
  }

  private RunRecord record() {
    return new RunRecord(
        RunId.next(1_000, random),
        "r7",
        "moodle",
        "exam",
        "python3",
        "n1",
        State.ANSWERED,
        "15",
        200,
        0,
        0,
        List.of(),
        0,
        0,
        "");
  }
}
