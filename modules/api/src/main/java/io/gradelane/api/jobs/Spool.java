package io.gradelane.api.jobs;

import io.gradelane.core.job.Claim;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Jobs.Fate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Attempts that have ended and are not kept yet: sent in groups, one group under way, and again until the database has
 * said what became of it. Belongs to the engine's context.
 */
final class Spool {

  private static final Logger log = LoggerFactory.getLogger(Spool.class);
  private static final int MOST = 250;
  private static final long MOST_BYTES = 4L << 20;
  private static final long AGAIN_MILLIS = 500;
  private static final int OVERHEAD = 500;

  private final Vertx vertx;
  private final JobDoor door;
  private final String node;
  private final JobMeters meters;
  private final BiConsumer<EndedAttempt, Fate> kept;
  private final Deque<EndedAttempt> waiting = new ArrayDeque<>();
  private long session;
  private long bytes;
  private boolean underWay;
  private boolean missed;
  private @Nullable Promise<Void> empty;

  /** @param kept is told what became of each */
  Spool(
      Vertx vertx,
      JobDoor door,
      String node,
      JobMeters meters,
      BiConsumer<EndedAttempt, Fate> kept) {
    this.vertx = vertx;
    this.door = door;
    this.node = node;
    this.meters = meters;
    this.kept = kept;
  }

  void add(EndedAttempt ended) {
    waiting.add(ended);
    bytes += weight(ended);
    meters.spool(bytes);
    send();
  }

  /** Held in memory. */
  long bytes() {
    return bytes;
  }

  /** Ends when nothing waits here any more. */
  Future<Void> empty() {
    Promise<Void> promise = empty == null ? Promise.promise() : empty;
    empty = promise;
    sayIfEmpty();
    return promise.future();
  }

  private void send() {
    if (underWay || waiting.isEmpty()) {
      return;
    }
    List<EndedAttempt> group = group();
    underWay = true;
    meters.group("finish", group.size());
    finish(group).onComplete(done -> {
      if (done.succeeded()) {
        sent(group, done.result());
      } else {
        log.atLevel(missed ? Level.DEBUG : Level.WARN)
            .addKeyValue("waiting", waiting.size())
            .addKeyValue("reason", String.valueOf(done.cause().getMessage()))
            .log("results can't be kept at the moment; they wait in memory");
        missed = true;
        vertx.setTimer(AGAIN_MILLIS, timer -> {
          underWay = false;
          send();
        });
      }
    });
  }

  private List<EndedAttempt> group() {
    List<EndedAttempt> group = new ArrayList<>();
    long heavy = 0;
    for (EndedAttempt ended : waiting) {
      heavy += weight(ended);
      if (group.size() == MOST || (heavy > MOST_BYTES && !group.isEmpty())) {
        break;
      }
      group.add(ended);
    }
    return group;
  }

  private void sent(List<EndedAttempt> group, Map<Claim, Fate> fates) {
    underWay = false;
    missed = false;
    List<EndedAttempt> done = new ArrayList<>(group);
    done.forEach(ended -> {
      waiting.remove();
      bytes -= weight(ended);
    });
    meters.spool(bytes);
    send();
    done.forEach(ended -> kept.accept(ended, fates.getOrDefault(ended.claim(), Fate.STALE)));
    sayIfEmpty();
  }

  /** Under the last session that there was: what is finished must be kept, whoever claims now. */
  private Future<Map<Claim, Fate>> finish(List<EndedAttempt> group) {
    Optional<JobStore> store = door.store();
    session = door.session().orElse(session);
    return store.isEmpty()
        ? Future.failedFuture("the database can't be reached")
        : store.get().jobs().finish(session, node, group);
  }

  private void sayIfEmpty() {
    if (empty != null && waiting.isEmpty()) {
      empty.tryComplete();
    }
  }

  private static long weight(EndedAttempt ended) {
    return (long) OVERHEAD + (ended.result() == null ? 0 : ended.result().length());
  }
}
