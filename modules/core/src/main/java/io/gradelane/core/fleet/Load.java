package io.gradelane.core.fleet;

import java.time.Duration;
import java.util.List;

/**
 * What the pool has to do.
 *
 * @param busy runs in flight
 * @param waiting runs in its lanes
 * @param oldestWait how long the one that waits longest has waited
 * @param batches durable work, begun or not
 */
public record Load(int busy, int waiting, Duration oldestWait, List<QueuedBatch> batches) {

  public Load {
    batches = List.copyOf(batches);
  }

  public Load(int busy, int waiting) {
    this(busy, waiting, Duration.ZERO, List.of());
  }

  public int runs() {
    return busy + waiting;
  }
}
