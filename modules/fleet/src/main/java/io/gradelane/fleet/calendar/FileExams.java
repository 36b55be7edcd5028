package io.gradelane.fleet.calendar;

import io.gradelane.core.fleet.Exam;
import io.gradelane.fleet.ExamSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The exams of an iCalendar file, which is read anew each time: whoever keeps it need not tell anybody. */
public record FileExams(Vertx vertx, Path file, ExamCalendar calendar, InstantSource clock)
    implements ExamSource {

  private static final Duration AHEAD = Duration.ofDays(30);

  @Override
  public Future<List<Exam>> read() {
    Instant now = clock.instant();
    return vertx
        .fileSystem()
        .readFile(file.toString())
        .compose(content -> vertx.executeBlocking(
            () -> calendar.read(content.toString(), now, now.plus(AHEAD)), false));
  }
}
