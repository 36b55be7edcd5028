package io.gradelane.health;

import io.gradelane.bus.Permits;
import io.gradelane.cluster.Members;
import io.gradelane.cluster.ServerMap;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a {@link HealthVerticle} is handed.
 *
 * @param pool its pool's name, for its addresses on the bus
 * @param source the configured servers
 * @param servers the map that it alone writes
 * @param members who share the probing
 * @param permits opened once, on the verticle's context
 * @param clock for the dates in the map
 * @param ticker nanoseconds of a monotonic clock, for durations
 * @param random for jitter and run ids
 */
public record HealthPorts(
    String pool,
    HealthRules rules,
    ServerSource source,
    ServerMap servers,
    Members members,
    Supplier<Future<? extends Permits>> permits,
    MeterRegistry meters,
    InstantSource clock,
    LongSupplier ticker,
    Timers timers,
    RandomGenerator random) {}
