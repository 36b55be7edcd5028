package io.gradelane.fleet.calendar;

import io.gradelane.core.fleet.Exam;
import io.gradelane.fleet.ExamSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The exams of the configuration and those of an iCalendar file, which is read anew each time: whoever keeps it need not
 * tell anybody.
 *
 * @param known exams that stand in the configuration
 */
public record FileExams(
    Vertx vertx, List<Exam> known, Path file, ExamCalendar calendar, InstantSource clock)
    implements ExamSource {

  private static final Duration AHEAD = Duration.ofDays(30);

  public FileExams {
    known = List.copyOf(known);
  }

  @Override
  public Future<List<Exam>> read() {
    Instant now = clock.instant();
    return vertx
        .fileSystem()
        .readFile(file.toString())
        .compose(content -> vertx.executeBlocking(
            () -> {
              List<Exam> all = new ArrayList<>(known);
              all.addAll(calendar.read(content.toString(), now, now.plus(AHEAD)));
              return all;
            },
            false));
  }
}
