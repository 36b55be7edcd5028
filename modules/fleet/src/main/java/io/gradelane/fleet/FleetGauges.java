package io.gradelane.fleet;

import io.gradelane.core.fleet.Census;
import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Load;
import io.gradelane.core.fleet.ScaleDecision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of the fleet. Only the node that keeps it shows any; on the verticle's context. */
final class FleetGauges {

  private static final List<String> STATES =
      List.of("launching", "ready", "draining", "unhealthy", "terminating");

  private final LongSupplier ticker;
  private final MultiGauge hosts;
  private final MultiGauge oldest;
  private final MultiGauge slots;
  private final MultiGauge numbers;
  private final MultiGauge raw;
  private final MultiGauge runs;
  private final Counter launches;
  private final Counter terminations;
  private final Counter errors;
  private final Timer passes;
  private volatile int leads;

  FleetGauges(MeterRegistry registry, LongSupplier ticker) {
    this.ticker = ticker;
    hosts = many(registry, FleetMeters.HOSTS, null);
    oldest = many(registry, FleetMeters.OLDEST, "seconds");
    slots = many(registry, FleetMeters.SLOTS, null);
    numbers = many(registry, FleetMeters.TARGET, null);
    raw = many(registry, FleetMeters.RAW, null);
    runs = many(registry, FleetMeters.RUNS, null);
    launches = counter(registry, FleetMeters.LAUNCHES);
    terminations = counter(registry, FleetMeters.TERMINATIONS);
    errors = counter(registry, FleetMeters.ERRORS);
    passes = Timer.builder(FleetMeters.PASSES.meterName())
        .description(FleetMeters.PASSES.help())
        .register(registry);
    Gauge.builder(FleetMeters.LEADS.meterName(), () -> leads)
        .description(FleetMeters.LEADS.help())
        .register(registry);
  }

  /** A moment to measure a pass from. */
  long begin() {
    return ticker.getAsLong();
  }

  void led(FleetSample sample, long begun) {
    leads = 1;
    passes.record(ticker.getAsLong() - begun, TimeUnit.NANOSECONDS);
    launches.increment(sample.launches());
    terminations.increment(sample.terminations());
    errors.increment(sample.errors());
    show(sample.census(), sample.decision().at());
    show(sample.decision());
  }

  void failed() {
    errors.increment();
  }

  /** Somebody else keeps the fleet, and shows it. */
  void followed() {
    leads = 0;
    for (MultiGauge gauge : List.of(hosts, oldest, slots, numbers, raw, runs)) {
      gauge.register(List.of(), true);
    }
  }

  private void show(Census census, Instant now) {
    hosts.register(rows("state", STATES, census::count), true);
    oldest.register(rows("state", STATES, state -> census.oldestAge(state, now).toSeconds()), true);
  }

  private void show(ScaleDecision decision) {
    slots.register(
        decision.wishes().stream()
            .<Row<?>>map(wish -> Row.of(Tags.of("rule", wish.rule()), wish.slots()))
            .toList(),
        true);
    numbers.register(List.of(Row.of(Tags.empty(), decision.target())), true);
    raw.register(List.of(Row.of(Tags.empty(), decision.raw())), true);
    runs.register(decision.load().stream().flatMap(load -> rows(load).stream()).toList(), true);
  }

  private static List<Row<?>> rows(Load load) {
    return List.of(
        Row.of(Tags.of("state", "busy"), load.busy()),
        Row.of(Tags.of("state", "waiting"), load.waiting()));
  }

  private static List<Row<?>> rows(String tag, List<String> words, ToDoubleFunction<String> value) {
    return words.stream()
        .<Row<?>>map(word -> Row.of(Tags.of(tag, word), value.applyAsDouble(word)))
        .toList();
  }

  private static MultiGauge many(MeterRegistry registry, FleetMeters meter, @Nullable String unit) {
    return MultiGauge.builder(meter.meterName())
        .description(meter.help())
        .baseUnit(unit)
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, FleetMeters meter) {
    return Counter.builder(meter.meterName()).description(meter.help()).register(registry);
  }
}
