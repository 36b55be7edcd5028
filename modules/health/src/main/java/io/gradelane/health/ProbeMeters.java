package io.gradelane.health;

import io.gradelane.core.server.ServerEntry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** The meters of servers and their probes; those of a server go with it. */
final class ProbeMeters {

  private final MeterRegistry registry;
  private final LongSupplier ticker;
  private final Map<String, List<Meter>> gauges = new HashMap<>();

  ProbeMeters(MeterRegistry registry, LongSupplier ticker) {
    this.registry = registry;
    this.ticker = ticker;
  }

  /** Shows a server from now on. */
  void show(String server, Function<String, Optional<ServerEntry>> entries) {
    gauges.computeIfAbsent(
        server,
        id -> List.of(
            gauge(HealthMeters.UP, id, entries, entry -> entry.state().grantable() ? 1 : 0),
            gauge(HealthMeters.SLOTS, id, entries, entry -> entry.spec().slots())));
  }

  private Meter gauge(
      HealthMeters meter,
      String server,
      Function<String, Optional<ServerEntry>> entries,
      ToDoubleFunction<ServerEntry> value) {
    return Gauge.builder(
            meter.meterName(),
            () -> entries.apply(server).map(value::applyAsDouble).orElse(0.0))
        .tag("server", server)
        .description(meter.help())
        .register(registry);
  }

  void hide(String server) {
    gauges.getOrDefault(server, List.of()).forEach(registry::remove);
    gauges.remove(server);
  }

  /** A moment to measure from. */
  long begin() {
    return ticker.getAsLong();
  }

  void ended(long begun, String server, String kind, String result) {
    Timer.builder(HealthMeters.PROBES.meterName())
        .description(HealthMeters.PROBES.help())
        .tag("server", server)
        .tag("kind", kind)
        .tag("result", result)
        .register(registry)
        .record(ticker.getAsLong() - begun, TimeUnit.NANOSECONDS);
  }
}
