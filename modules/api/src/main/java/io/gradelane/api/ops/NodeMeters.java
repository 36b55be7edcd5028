package io.gradelane.api.ops;

import io.gradelane.api.http.Guests;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What is measured of one verticle of the API. Used on its context, but for the gauges. */
public final class NodeMeters {

  /** Between two looks at how late the event loop is, in milliseconds. */
  public static final long LAG_EVERY_MILLIS = 500;

  private final LongSupplier nanos;
  private final Timer lag;
  private long due;

  /**
   * @param watchers streams that are open
   * @param instance counts the verticles of this node from 0
   */
  public NodeMeters(
      MeterRegistry registry,
      Guests guests,
      IntSupplier watchers,
      int instance,
      LongSupplier nanos) {
    this.nanos = nanos;
    lag = Timer.builder(ApiMeters.EVENT_LOOP_LAG.meter())
        .description(ApiMeters.EVENT_LOOP_LAG.help())
        .register(registry);
    Gauge.builder(ApiMeters.CONNECTIONS.meter(), guests, Guests::count)
        .description(ApiMeters.CONNECTIONS.help())
        .tag("instance", Integer.toString(instance))
        .register(registry);
    Gauge.builder(ApiMeters.WATCHERS.meter(), watchers::getAsInt)
        .strongReference(true)
        .description(ApiMeters.WATCHERS.help())
        .tag("instance", Integer.toString(instance))
        .register(registry);
    if (registry.find(ApiMeters.BUILD_INFO.meter()).gauge() == null) {
      Gauge.builder(ApiMeters.BUILD_INFO.meter(), () -> 1)
          .description(ApiMeters.BUILD_INFO.help())
          .tag("version", version())
          .register(registry);
    }
    due = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(LAG_EVERY_MILLIS);
  }

  /** To be called every {@link #LAG_EVERY_MILLIS} by a timer of the event loop. */
  public void tick() {
    long now = nanos.getAsLong();
    lag.record(Math.max(0, now - due), TimeUnit.NANOSECONDS);
    due = now + TimeUnit.MILLISECONDS.toNanos(LAG_EVERY_MILLIS);
  }

  private static String version() {
    String version = NodeMeters.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
