package io.gradelane.api;

import io.gradelane.api.operator.Keeper;
import io.gradelane.api.operator.Restoring;
import io.gradelane.api.records.RecordKeeper;
import io.gradelane.settings.Settings;
import io.gradelane.store.jobs.JobStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does with its database besides jobs: says again what operators have set, as soon as the database is there;
 * keeps the records of runs; and its upkeep. One a node.
 */
public final class KeepingVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(KeepingVerticle.class);
  private static final long TICK_MILLIS = 1_000;
  private static final long RECORDS_MILLIS = 250;
  private static final long LAST_SECONDS = 5;

  /** Partitions are made for weeks ahead, so an hour sooner or later is nothing. */
  private static final Duration UPKEEP = Duration.ofHours(1);

  private final ApiPorts ports;
  private final Duration upkeepEvery;
  private @Nullable Restoring restoring;
  private @Nullable RecordKeeper records;
  private Future<Boolean> restored = Future.succeededFuture(false);

  public KeepingVerticle(ApiPorts ports) {
    this(ports, UPKEEP);
  }

  /** @param upkeepEvery between one upkeep of the database and the next */
  KeepingVerticle(ApiPorts ports, Duration upkeepEvery) {
    this.ports = ports;
    this.upkeepEvery = upkeepEvery;
  }

  @Override
  public Future<?> start() {
    Settings.Pool pool = ports.settings().pool();
    restoring = new Restoring(
        vertx.eventBus(),
        new Keeper(ports.jobs(), pool.name()),
        ports.servers(),
        pool.lanes(),
        pool.name(),
        node());
    restore();
    vertx.setPeriodic(TICK_MILLIS, timer -> restore());
    vertx.setPeriodic(upkeepEvery.toMillis(), timer -> upkeep());
    RecordKeeper keeper = new RecordKeeper(ports.records(), ports.jobs(), ports.registry());
    records = keeper;
    vertx.setPeriodic(RECORDS_MILLIS, timer -> keeper.keep());
    return Future.succeededFuture();
  }

  /** Once, until everybody has heard it. */
  private void restore() {
    boolean due = restored.isComplete() && !restored.result();
    if (due && restoring != null) {
      restored = restoring.restore();
    }
  }

  private void upkeep() {
    Optional<JobStore> store = ports.jobs().store();
    store
        .map(JobStore::upkeep)
        .ifPresent(upkeep -> upkeep
            .run(node(), ports.settings().database().keep())
            .compose(weeks -> upkeep.days(node(), ports.settings().records().keep()))
            .onFailure(failure -> log.atWarn()
                .addKeyValue("reason", String.valueOf(failure.getMessage()))
                .log("the database's upkeep has failed; it is tried again later")));
  }

  /** Whoever ran here has ended; what became of it is kept, if that can be done soon. */
  @Override
  public Future<?> stop() {
    return records == null
        ? Future.succeededFuture()
        : records.last().timeout(LAST_SECONDS, TimeUnit.SECONDS).otherwiseEmpty();
  }

  private String node() {
    return ports.members().self().node();
  }
}
