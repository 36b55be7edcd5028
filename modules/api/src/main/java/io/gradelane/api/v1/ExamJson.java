package io.gradelane.api.v1;

import io.gradelane.core.fleet.Exam;
import io.gradelane.store.fleet.KeptExam;
import io.vertx.core.json.JsonObject;

/** Exams as JSON. */
final class ExamJson {

  private ExamJson() {}

  /** One that was told by the interface. */
  static JsonObject kept(KeptExam kept) {
    JsonObject json = new JsonObject().put("id", kept.id());
    return json.mergeIn(exam("api", kept.exam())).put("by", kept.by());
  }

  /** @param origin who knows it: {@code api}, {@code conf} or {@code calendar} */
  static JsonObject exam(String origin, Exam exam) {
    return new JsonObject()
        .put("origin", origin)
        .put("name", exam.name())
        .put("start", exam.start().toString())
        .put("end", exam.end().toString())
        .put("students", exam.students());
  }
}
