package io.gradelane.api.v1;

import io.gradelane.api.v1.Problem.Wrong;
import io.gradelane.core.fleet.Exam;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {"name", "start", "end", "students"}}, of whose types and sizes the contract holds already. What can only be
 * a slip is wrong, too: hosts cost money for as long as an exam lasts.
 */
final class ExamRequest {

  private static final Duration LONGEST = Duration.ofDays(31);
  private static final Duration FARTHEST = Duration.ofDays(3660);
  private static final String MOMENT =
      "a date and time with its offset, such as 2026-12-01T08:00:00+01:00";

  private final JsonObject body;
  private final List<Wrong> wrong = new ArrayList<>();

  private ExamRequest(JsonObject body) {
    this.body = body;
  }

  /** Empty after an answer that says everything that is wrong. */
  static Optional<Exam> read(Call call, Instant now) {
    ExamRequest request = new ExamRequest(new JsonObject(call.body()));
    Exam exam = request.exam(now);
    if (exam == null) {
      call.fail(new Problem(422, "invalid", "The body is not as expected", request.wrong));
    }
    return Optional.ofNullable(exam);
  }

  /** Null if anything is wrong. */
  private @Nullable Exam exam(Instant now) {
    String name = body.getString("name").strip();
    if (name.isEmpty()) {
      wrong("/name", "'" + body.getString("name") + "'", "a name");
    }
    Instant start = moment("start");
    Instant end = moment("end");
    if (start == null || end == null) {
      return null;
    }
    checkStart(start, now);
    checkEnd(start, end, now);
    return wrong.isEmpty() ? new Exam(name, start, end, body.getInteger("students")) : null;
  }

  private @Nullable Instant moment(String key) {
    String text = body.getString(key);
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException unreadable) {
      wrong("/" + key, "'" + text + "'", MOMENT);
      return null;
    }
  }

  private void checkStart(Instant start, Instant now) {
    if (start.isAfter(now.plus(FARTHEST))) {
      wrong("/start", start, "within the next ten years");
    }
  }

  private void checkEnd(Instant start, Instant end, Instant now) {
    if (!end.isAfter(start)) {
      wrong("/end", end, "later than start, which is " + start);
    } else if (end.isAfter(start.plus(LONGEST))) {
      wrong("/end", end, "at most " + LONGEST.toDays() + " days after start, which is " + start);
    } else if (!end.isAfter(now)) {
      wrong("/end", end, "later than now, which is " + now);
    }
  }

  private void wrong(String pointer, Object found, String expected) {
    wrong.add(new Wrong(pointer, found + " (expected: " + expected + ")"));
  }
}
