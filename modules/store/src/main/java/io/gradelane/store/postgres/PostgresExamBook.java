package io.gradelane.store.postgres;

import io.gradelane.core.fleet.Exam;
import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.KeptExam;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;

/** The exams that were told by the interface, as rows. */
final class PostgresExamBook implements ExamBook {

  private final Database database;

  PostgresExamBook(Database database) {
    this.database = database;
  }

  @Override
  public Future<List<KeptExam>> all() {
    return database.send("fleet_exams").map(rows -> Database.list(rows, PostgresExamBook::kept));
  }

  @Override
  public Future<Boolean> add(KeptExam exam) {
    return change("fleet_exam_add", exam);
  }

  @Override
  public Future<Boolean> replace(KeptExam exam) {
    return change("fleet_exam_replace", exam);
  }

  private Future<Boolean> change(String statement, KeptExam kept) {
    Exam exam = kept.exam();
    return database
        .send(
            statement,
            kept.id(),
            Texts.storable(exam.name()),
            Columns.time(exam.start()),
            Columns.time(exam.end()),
            exam.students(),
            kept.by())
        .map(Database::any);
  }

  @Override
  public Future<Boolean> remove(String id) {
    return database.send("fleet_exam_remove", Texts.storable(id)).map(Database::any);
  }

  @Override
  public Future<Void> forget(Instant before) {
    return database.send("fleet_exams_forget", Columns.time(before)).mapEmpty();
  }

  @Override
  public boolean lasts() {
    return true;
  }

  private static KeptExam kept(Row row) {
    Exam exam = new Exam(
        row.getString("name"),
        row.getOffsetDateTime("starts_at").toInstant(),
        row.getOffsetDateTime("ends_at").toInstant(),
        row.getInteger("students"));
    return new KeptExam(row.getString("id"), exam, row.getString("told_by"));
  }
}
