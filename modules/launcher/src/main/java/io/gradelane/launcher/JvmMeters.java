package io.gradelane.launcher;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.vertx.core.Future;

/** What Micrometer tells of the process itself. */
final class JvmMeters {

  private final MeterRegistry registry;
  private final JvmGcMetrics collector = new JvmGcMetrics();

  JvmMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  Future<Void> bind() {
    collector.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    return Future.succeededFuture();
  }

  Future<Void> close() {
    collector.close();
    return Future.succeededFuture();
  }
}
