package io.gradelane.api.jobs;

import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Jobs.Claimed;
import io.gradelane.store.jobs.Jobs.Offer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Claims in groups: what is granted while one group is under way makes the next, which waits for the first to be over
 * unless it has grown. Belongs to the engine's context.
 */
final class Claims {

  private static final int MOST = 250;

  /** So many are worth a second group beside the first. */
  private static final int MANY = 64;

  private static final int MOST_UNDER_WAY = 2;

  private final JobDoor door;
  private final Doubts doubts;
  private final JobMeters meters;
  private final List<Asked> waiting = new ArrayList<>();
  private int underWay;

  private record Asked(Offer offer, Promise<Optional<Claimed>> answer) {}

  /** A claim that was not even sent. */
  static final class NotSent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotSent() {
      super("there is no session to claim under", null, false, false);
    }
  }

  /** @param doubts get those whose answer is lost */
  Claims(JobDoor door, Doubts doubts, JobMeters meters) {
    this.door = door;
    this.doubts = doubts;
    this.meters = meters;
  }

  /** Empty if it is not to be had; fails with {@link NotSent}, or it is in doubt. */
  Future<Optional<Claimed>> claim(Offer offer) {
    Promise<Optional<Claimed>> answer = Promise.promise();
    waiting.add(new Asked(offer, answer));
    send();
    return answer.future();
  }

  private void send() {
    int enough = underWay == 0 ? 1 : MANY;
    if (underWay == MOST_UNDER_WAY || waiting.size() < enough) {
      return;
    }
    List<Asked> first = waiting.subList(0, Math.min(MOST, waiting.size()));
    List<Asked> group = List.copyOf(first);
    first.clear();
    underWay++;
    meters.group("claim", group.size());
    claim(group.stream().map(Asked::offer).toList()).onComplete(done -> {
      underWay--;
      if (done.succeeded()) {
        meters.claims("claimed", done.result().size());
        meters.claims("missed", group.size() - done.result().size());
        group.forEach(
            one -> one.answer.complete(Optional.ofNullable(done.result().get(one.offer.job()))));
      } else {
        meters.claims("failed", group.size());
        group.forEach(one -> one.answer.fail(done.cause()));
      }
      send();
    });
  }

  private Future<Map<JobId, Claimed>> claim(List<Offer> offers) {
    Optional<JobStore> store = door.store();
    if (store.isEmpty() || door.session().isEmpty()) {
      return Future.failedFuture(new NotSent());
    }
    long session = door.session().getAsLong();
    return store
        .get()
        .jobs()
        .claim(session, offers)
        .onFailure(lost -> doubts.add(session, offers))
        .map(Claims::byJob);
  }

  private static Map<JobId, Claimed> byJob(List<Claimed> claimed) {
    Map<JobId, Claimed> byJob = new HashMap<>();
    claimed.forEach(one -> byJob.put(one.claim().job(), one));
    return byJob;
  }
}
