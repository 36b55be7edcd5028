package io.gradelane.store.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.Progress;
import io.gradelane.store.jobs.BatchEvent.Changed;
import io.gradelane.store.jobs.BatchEvent.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every change is an event in the log. */
public abstract class EventLogContract extends JobStoreFixture {

  @Test
  void eventsAreNumberedBySessionWithoutAGap() throws Exception {
    BatchId batch = submit(6);
    JobStore other = open(vertx, LONG);
    long otherSession = get(other.sessions().open("node-2"));
    for (int i = 1; i <= 5; i += 2) {
      finish(ran(claim(session, batch, i).getFirst().claim(), "a"));
      Claim yours =
          get(other.jobs().claim(otherSession, offers(batch, i + 1))).getFirst().claim();
      get(other.jobs().finish(otherSession, "node-2", List.of(ran(yours, "b"))));
    }
    get(store.batches().end(session, batch));

    List<BatchEvent> all = events(batch);
    assertThat(all)
        .filteredOn(event -> event.session() == session)
        .extracting(BatchEvent::number, BatchEvent::kind, BatchEvent::finished)
        .containsExactly(
            tuple(1L, Kind.SUBMITTED, 0),
            tuple(2L, Kind.PROGRESS, 1),
            tuple(3L, Kind.PROGRESS, 2),
            tuple(4L, Kind.PROGRESS, 3),
            tuple(5L, Kind.ENDED, 3));
    assertThat(all)
        .filteredOn(event -> event.session() == otherSession)
        .extracting(BatchEvent::number, BatchEvent::jobs)
        .containsExactly(
            tuple(1L, List.of(new Changed(2, "finished"))),
            tuple(2L, List.of(new Changed(4, "finished"))),
            tuple(3L, List.of(new Changed(6, "finished"))));
    get(other.close());
  }

  @Test
  void aCursorGoesOnWhereItStood() {
    BatchId batch = submit(3);
    EventCursor cursor = EventCursor.START;
    for (BatchEvent event : events(batch)) {
      cursor = cursor.after(event);
    }
    finish(ran(claim(session, batch, 1).getFirst().claim(), "a"));
    finish(ran(claim(session, batch, 2).getFirst().claim(), "a"));

    List<BatchEvent> next = get(store.events().since(batch, cursor, 1));
    assertThat(next).hasSize(1);
    List<BatchEvent> rest = get(store.events().since(batch, cursor.after(next.getFirst()), 100));
    assertThat(rest).extracting(BatchEvent::number).containsExactly(3L);
  }

  @Test
  void theHeadOfALogIsWhereAllThatIsCountedHasBeenSeen() {
    BatchId batch = submit(3);
    finish(ran(claim(session, batch, 2).getFirst().claim(), "a"));

    LogHead head = get(store.events().head(batch, batch.job(2))).orElseThrow();
    EventCursor cursor = EventCursor.START;
    for (BatchEvent event : events(batch)) {
      cursor = cursor.after(event);
    }

    assertThat(head.cursor()).isEqualTo(cursor);
    assertThat(head.writers()).containsExactly(new LogHead.Writer(session, 2, 1, 0, 0, 0));
    assertThat(head.batch().progress()).isEqualTo(new Progress(3, 1, 0, 0, 0));
    assertThat(head.jobState()).isEqualTo("finished");
    assertThat(get(store.events().head(batch, null)).orElseThrow().jobState()).isNull();
    assertThat(get(store.events().head(BatchId.next(1, random), null))).isEmpty();
  }
}
