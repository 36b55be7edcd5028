package io.gradelane.store.postgres;

import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.ExamBookContract;
import org.junit.jupiter.api.AfterAll;

final class PostgresExamBookTest extends ExamBookContract {

  private static final OwnStore OWN = new OwnStore();

  @AfterAll
  static void close() {
    OWN.close();
  }

  @Override
  protected ExamBook book() {
    OWN.run("DELETE FROM fleet_exam");
    return OWN.store().exams();
  }
}
