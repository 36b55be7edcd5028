package io.gradelane.store.heap;

import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.ExamBookContract;

final class HeapExamBookTest extends ExamBookContract {

  @Override
  protected ExamBook book() {
    return new HeapExamBook();
  }
}
