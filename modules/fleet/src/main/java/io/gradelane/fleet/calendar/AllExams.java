package io.gradelane.fleet.calendar;

import io.gradelane.core.fleet.Exam;
import io.gradelane.fleet.ExamSource;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exams of several sources. Of one that can't be read those stay that it had last, so that neither they nor the others'
 * are without hosts. On one context only.
 */
public final class AllExams implements ExamSource {

  private static final Logger log = LoggerFactory.getLogger(AllExams.class);

  private final List<ExamSource> sources;
  /** What each of them had last. */
  private final List<List<Exam>> last = new ArrayList<>();

  public AllExams(List<ExamSource> sources) {
    this.sources = List.copyOf(sources);
    sources.forEach(source -> last.add(List.of()));
  }

  /** Never fails. */
  @Override
  public Future<List<Exam>> read() {
    List<Future<?>> reading = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      reading.add(read(i));
    }
    return Future.join(reading)
        .transform(
            done -> Future.succeededFuture(last.stream().flatMap(List::stream).toList()));
  }

  private Future<?> read(int source) {
    return sources
        .get(source)
        .read()
        .onSuccess(read -> last.set(source, read))
        .onFailure(cause -> log.atWarn()
            .addKeyValue("cause", cause.getMessage())
            .log("exams can't be read: those that were read last stay"));
  }

  @Override
  public Future<Void> forget(Instant now) {
    return Future.join(sources.stream().map(source -> source.forget(now)).toList())
        .mapEmpty();
  }
}
