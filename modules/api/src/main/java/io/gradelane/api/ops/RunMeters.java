package io.gradelane.api.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What is counted of runs. Looked up once per label, since it is asked for with each run. Used on one context only; the
 * meters themselves are shared.
 */
public final class RunMeters {

  private static final Duration[] WAIT_STEPS =
      steps(1, 5, 10, 50, 100, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);
  private static final Duration[] DURATION_STEPS =
      steps(10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000);

  private record Pair(String first, String second) {}

  private final MeterRegistry registry;
  private final Map<String, Timer> waits = new HashMap<>();
  private final Map<Pair, Timer> durations = new HashMap<>();
  private final Map<Pair, Counter> runs = new HashMap<>();
  private final Map<String, Counter> retries = new HashMap<>();
  private final Map<String, Counter> doubts = new HashMap<>();
  private final Map<String, Counter> faults = new HashMap<>();

  public RunMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  public void waited(String lane, long millis) {
    waits.computeIfAbsent(lane, this::wait).record(millis, TimeUnit.MILLISECONDS);
  }

  /** @param language one that a server has told; anything else would make as many labels as clients like */
  public void took(String lane, String language, long millis) {
    durations
        .computeIfAbsent(new Pair(lane, language), this::duration)
        .record(millis, TimeUnit.MILLISECONDS);
  }

  /** @param outcome Jobe's code, or one of a few words */
  public void ended(String lane, String outcome) {
    runs.computeIfAbsent(new Pair(lane, outcome), this::run).increment();
  }

  public void retried(String reason) {
    retries
        .computeIfAbsent(reason, any -> counter(ApiMeters.RETRIES, "reason", any))
        .increment();
  }

  /** @param result {@code believed}, {@code again} or {@code refused} */
  public void doubted(String result) {
    doubts
        .computeIfAbsent(result, any -> counter(ApiMeters.DOUBTED, "result", any))
        .increment();
  }

  public void serverFault(String server) {
    faults
        .computeIfAbsent(server, any -> counter(ApiMeters.SERVER_FAULTS, "server", any))
        .increment();
  }

  private Timer wait(String lane) {
    return timer(ApiMeters.RUN_WAIT, WAIT_STEPS).tag("lane", lane).register(registry);
  }

  private Timer duration(Pair pair) {
    return timer(ApiMeters.RUN_DURATION, DURATION_STEPS)
        .tag("lane", pair.first)
        .tag("language", pair.second)
        .register(registry);
  }

  private Counter run(Pair pair) {
    return Counter.builder(ApiMeters.RUNS.meter())
        .description(ApiMeters.RUNS.help())
        .tag("lane", pair.first)
        .tag("outcome", pair.second)
        .register(registry);
  }

  private Counter counter(ApiMeters meter, String label, String value) {
    return Counter.builder(meter.meter())
        .description(meter.help())
        .tag(label, value)
        .register(registry);
  }

  private static Timer.Builder timer(ApiMeters meter, Duration[] steps) {
    return Timer.builder(meter.meter()).description(meter.help()).serviceLevelObjectives(steps);
  }

  private static Duration[] steps(int... millis) {
    Duration[] steps = new Duration[millis.length];
    for (int i = 0; i < millis.length; i++) {
      steps[i] = Duration.ofMillis(millis[i]);
    }
    return steps;
  }
}
