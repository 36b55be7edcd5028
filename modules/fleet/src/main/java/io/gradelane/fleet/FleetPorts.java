package io.gradelane.fleet;

import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.HostId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a {@link FleetVerticle} is handed.
 *
 * @param names new host ids, none of which any node has ever given before
 * @param clock for the dates in the table
 * @param ticker nanoseconds of a monotonic clock, for durations
 */
public record FleetPorts(
    FleetRules rules,
    Supplier<HostId> names,
    Provider provider,
    FleetTable table,
    Lease lease,
    FleetPool pool,
    ExamSource exams,
    MeterRegistry meters,
    InstantSource clock,
    LongSupplier ticker,
    Timers timers) {}
