package io.gradelane.launcher;

import io.gradelane.store.postgres.StatementWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What is measured of the database: by statement, of which there are as many as files. */
final class DatabaseMeters implements StatementWatch {

  private final MeterRegistry registry;
  private final LongSupplier nanos;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile IntSupplier connections = () -> 0;

  DatabaseMeters(MeterRegistry registry, LongSupplier nanos) {
    this.registry = registry;
    this.nanos = nanos;
    Gauge.builder("gradelane.database.connections", () -> connections.getAsInt())
        .description("Open connections to the database")
        .register(registry);
    Gauge.builder("gradelane.database.statements.open", underWay, AtomicInteger::get)
        .description("Statements that have not ended, those included that wait for a connection")
        .register(registry);
  }

  @Override
  public Consumer<Boolean> sent(String statement) {
    long began = nanos.getAsLong();
    underWay.incrementAndGet();
    return succeeded -> {
      underWay.decrementAndGet();
      timer(statement, succeeded).record(nanos.getAsLong() - began, TimeUnit.NANOSECONDS);
    };
  }

  @Override
  public void connections(IntSupplier open) {
    connections = open;
  }

  private Timer timer(String statement, boolean succeeded) {
    return Timer.builder("gradelane.database.statement")
        .description("How long statements took, waiting for a connection included")
        .tag("statement", statement)
        .tag("result", succeeded ? "ok" : "failed")
        .register(registry);
  }
}
