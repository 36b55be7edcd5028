package io.gradelane.store.jobs;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * What must be done now and then, by any node: room for the weeks to come, the end of those that are over, and of request
 * keys that nobody will ask with again.
 */
public interface Upkeep {

  /**
   * Does it, unless another node does.
   *
   * @param holder the node
   * @param keep weeks that ended longer ago are dropped, if all their batches have ended
   * @return how many weeks were dropped
   */
  Future<Integer> run(String holder, Duration keep);

  /**
   * The same for the records of runs, which are kept by days.
   *
   * @param keep days that ended longer ago are dropped
   * @return how many days were dropped
   */
  Future<Integer> days(String holder, Duration keep);
}
