package io.gradelane.api;

import io.gradelane.api.jobs.JobDoor;
import io.gradelane.api.ops.Readiness;
import io.gradelane.api.records.RecordBook;
import io.gradelane.bus.Permits;
import io.gradelane.cluster.Members;
import io.gradelane.cluster.ServerMap;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.settings.Settings;
import io.gradelane.store.FileStore;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an {@link ApiVerticle} is handed. The same for all verticles of a node, so what is not made by one of
 * its functions must be safe on any thread.
 *
 * @param members this node and the others
 * @param jobs this node's way to durable jobs
 * @param fleet the hosts behind the servers, or null if there is no fleet
 * @param permits opens a way to the dispatcher; called on the verticle's context, once per verticle
 * @param client makes a client for servers; called on the verticle's context, once per verticle
 * @param readiness of the whole node
 * @param nanos a ticker such as {@code System::nanoTime}
 * @param records takes what became of each run
 */
public record ApiPorts(
    Settings settings,
    Members members,
    ServerMap servers,
    FileStore files,
    JobDoor jobs,
    @Nullable FleetDoor fleet,
    Function<Vertx, Future<? extends Permits>> permits,
    Function<Vertx, JobeClient> client,
    PrometheusMeterRegistry registry,
    Readiness readiness,
    InstantSource clock,
    LongSupplier nanos,
    RecordBook records) {

  /** A node that keeps no records of runs, and has no fleet. */
  public ApiPorts(
      Settings settings,
      Members members,
      ServerMap servers,
      FileStore files,
      JobDoor jobs,
      Function<Vertx, Future<? extends Permits>> permits,
      Function<Vertx, JobeClient> client,
      PrometheusMeterRegistry registry,
      Readiness readiness,
      InstantSource clock,
      LongSupplier nanos) {
    this(
        settings,
        members,
        servers,
        files,
        jobs,
        null,
        permits,
        client,
        registry,
        readiness,
        clock,
        nanos,
        RecordBook.closed());
  }
}
