package io.gradelane.api.records;

import io.gradelane.api.jobs.JobDoor;
import io.gradelane.api.ops.ApiMeters;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.runs.RunRecord;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what stands in the book, group by group, one group under way. A group that could not be kept is sent again first,
 * while the book goes on filling; so what is lost in a long outage is what came early in it. Used on one context only.
 */
public final class RecordKeeper {

  private static final Logger log = LoggerFactory.getLogger(RecordKeeper.class);
  private static final int MOST = 1_000;

  private final RecordBook book;
  private final JobDoor door;
  private List<RunRecord> group = List.of();
  private Future<Void> sending = Future.succeededFuture();
  private boolean failing;
  private final LongAdder kept = new LongAdder();

  public RecordKeeper(RecordBook book, JobDoor door, MeterRegistry meters) {
    this.book = book;
    this.door = door;
    FunctionCounter.builder(ApiMeters.RECORDS_DROPPED.meter(), book, RecordBook::dropped)
        .description(ApiMeters.RECORDS_DROPPED.help())
        .register(meters);
    FunctionCounter.builder(ApiMeters.RECORDS_KEPT.meter(), kept, LongAdder::sum)
        .description(ApiMeters.RECORDS_KEPT.help())
        .register(meters);
    Gauge.builder(ApiMeters.RECORDS_WAITING.meter(), book, RecordBook::size)
        .description(ApiMeters.RECORDS_WAITING.help())
        .register(meters);
  }

  /** Begins to send what there is, unless a group is under way. To be called again and again. */
  public void keep() {
    if (sending.isComplete()) {
      sending = send().otherwiseEmpty();
    }
  }

  /** Keeps all there is, if the database takes it. Never fails. */
  public Future<Void> last() {
    return sending.transform(done -> send()).otherwiseEmpty();
  }

  private Future<Void> send() {
    Optional<JobStore> store = door.store();
    if (store.isPresent() && group.isEmpty()) {
      group = book.take(MOST);
    }
    if (store.isEmpty() || group.isEmpty()) {
      return Future.succeededFuture();
    }
    boolean full = group.size() == MOST;
    return store
        .get()
        .runs()
        .add(group)
        .onSuccess(this::kept)
        .onFailure(this::failed)
        .compose(done -> full ? send() : Future.succeededFuture());
  }

  private void kept(int refused) {
    book.dropped(refused);
    kept.add(group.size() - refused);
    group = List.of();
    failing = false;
  }

  private void failed(Throwable failure) {
    if (!failing) {
      failing = true;
      log.atWarn()
          .addKeyValue("reason", String.valueOf(failure.getMessage()))
          .log("records of runs can't be kept at the moment; they wait in memory");
    }
  }
}
