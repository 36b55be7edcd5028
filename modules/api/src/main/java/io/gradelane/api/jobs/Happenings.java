package io.gradelane.api.jobs;

import io.gradelane.core.job.BatchId;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Set;

/**
 * Says on the bus that something has happened to a batch: a hint for those who watch it, once a turn however much it was.
 * Belongs to one context.
 */
public final class Happenings {

  private final Vertx vertx;
  private final String address;
  private final Set<BatchId> untold = new HashSet<>();

  Happenings(Vertx vertx, String pool) {
    this.vertx = vertx;
    address = address(pool);
  }

  /** Published there: a batch's id. */
  public static String address(String pool) {
    return "jobs.happened." + pool;
  }

  void happened(BatchId batch) {
    if (untold.isEmpty()) {
      vertx.runOnContext(turn -> tell());
    }
    untold.add(batch);
  }

  private void tell() {
    untold.forEach(batch -> vertx.eventBus().publish(address, batch.toString()));
    untold.clear();
  }
}
