package io.gradelane.fleet;

import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.HostId;
import io.gradelane.store.fleet.FleetTable;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a {@link FleetVerticle} is handed.
 *
 * @param pool its pool's name, for its address on the bus
 * @param node this node, likewise
 * @param every how long after a pass the next one begins
 * @param names new host ids, none of which any node has ever given before
 * @param clock for the dates in the table
 * @param ticker nanoseconds of a monotonic clock, for durations
 */
public record FleetPorts(
    String pool,
    String node,
    FleetRules rules,
    Duration every,
    Supplier<HostId> names,
    Provider provider,
    FleetTable table,
    Lease lease,
    FleetPool servers,
    ExamSource exams,
    MeterRegistry meters,
    InstantSource clock,
    LongSupplier ticker,
    Timers timers) {}
