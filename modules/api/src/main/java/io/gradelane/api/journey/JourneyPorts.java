package io.gradelane.api.journey;

import io.gradelane.api.ops.RunMeters;
import io.gradelane.api.servers.Languages;
import io.gradelane.bus.BusMessage.Evidence;
import io.gradelane.bus.Permits;
import io.gradelane.cluster.ServerMap;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.settings.Settings.Limits;
import io.gradelane.store.FileStore;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Whom runs meet on their way. All belong to the same context, or are safe on any.
 *
 * @param logbook takes what became of each run
 * @param evidence takes what was learned about a server
 * @param nanos a ticker such as {@code System::nanoTime}
 * @param maxBytes that all runs under way may carry together
 */
public record JourneyPorts(
    Permits permits,
    JobeClient client,
    ServerMap servers,
    FileStore files,
    Languages languages,
    Limits limits,
    RunMeters meters,
    Logbook logbook,
    Consumer<Evidence> evidence,
    InstantSource clock,
    LongSupplier nanos,
    RandomGenerator random,
    long maxBytes) {}
