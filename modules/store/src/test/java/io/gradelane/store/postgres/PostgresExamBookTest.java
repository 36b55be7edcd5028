package io.gradelane.store.postgres;

import static io.gradelane.testkit.Blocking.get;

import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.ExamBookContract;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Sessions;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class PostgresExamBookTest extends ExamBookContract {

  private static final DatabaseAddress ADDRESS = TestDatabase.fresh();
  private static final Vertx VERTX = Vertx.vertx();
  private static JobStore store;

  @BeforeAll
  static void open() {
    store = get(PostgresJobStore.open(VERTX, ADDRESS, Sessions.Terms.DEFAULT, "node"));
  }

  @AfterAll
  static void close() {
    get(store.close());
    get(VERTX.close());
  }

  @Override
  protected ExamBook book() {
    TestDatabase.query(VERTX, ADDRESS, "DELETE FROM fleet_exam");
    return store.exams();
  }
}
