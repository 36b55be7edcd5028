package io.gradelane.api.jobs;

import io.gradelane.api.ops.ApiMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * What is measured of one node's engine of durable jobs. Told on the engine's context, read on whatever thread scrapes.
 */
public final class JobMeters {

  private record Ended(String lane, String state) {}

  private final MeterRegistry registry;
  private final Set<String> lanes = new HashSet<>();
  private final Map<String, Long> running = new ConcurrentHashMap<>();
  private final Map<Ended, Counter> ended = new HashMap<>();
  private volatile Map<String, Long> left = Map.of();
  private volatile long spoolBytes;

  public JobMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder(ApiMeters.JOBS_SPOOL.meter(), () -> spoolBytes)
        .description(ApiMeters.JOBS_SPOOL.help())
        .register(registry);
  }

  /** How many jobs of the open batches have not ended, by lane; of the whole pool. */
  void left(Map<String, Long> byLane) {
    left = Map.copyOf(byLane);
    byLane.keySet().forEach(this::meet);
  }

  /** A job of that lane was claimed. */
  void began(String lane) {
    meet(lane);
    running.merge(lane, 1L, Long::sum);
  }

  /** It does not run any more. */
  void ended(String lane) {
    running.merge(lane, -1L, Long::sum);
  }

  /** @param state of the job after its attempt, or why nothing was changed */
  void kept(String lane, String state) {
    ended.computeIfAbsent(new Ended(lane, state), this::ended).increment();
  }

  /** @param result {@code claimed}, {@code missed} or {@code failed} */
  void claims(String result, int count) {
    counter(ApiMeters.JOBS_CLAIMS, Tags.of("result", result)).increment(count);
  }

  /** @param kind {@code claim} or {@code finish} */
  void group(String kind, int size) {
    DistributionSummary.builder(ApiMeters.JOBS_GROUP.meter())
        .description(ApiMeters.JOBS_GROUP.help())
        .tag("kind", kind)
        .register(registry)
        .record(size);
  }

  void spool(long bytes) {
    spoolBytes = bytes;
  }

  /** Jobs that dead nodes ran. */
  public void rescued(int count) {
    counter(ApiMeters.JOBS_RESCUED, Tags.empty()).increment(count);
  }

  private Counter ended(Ended one) {
    return counter(ApiMeters.JOBS_ENDED, Tags.of("lane", one.lane, "state", one.state));
  }

  private void meet(String lane) {
    if (lanes.add(lane)) {
      gauge(ApiMeters.JOBS_LEFT, lane, any -> left.getOrDefault(any, 0L));
      gauge(ApiMeters.JOBS_RUNNING, lane, any -> running.getOrDefault(any, 0L));
    }
  }

  private void gauge(ApiMeters meter, String lane, ToLongFunction<String> value) {
    Gauge.builder(meter.meter(), () -> value.applyAsLong(lane))
        .description(meter.help())
        .tag("lane", lane)
        .register(registry);
  }

  private Counter counter(ApiMeters meter, Tags tags) {
    return Counter.builder(meter.meter()).description(meter.help()).tags(tags).register(registry);
  }
}
