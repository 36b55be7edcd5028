package io.gradelane.api.operator;

import io.gradelane.api.jobs.JobDoor;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.operator.OperatorSettings;
import io.gradelane.store.operator.Saying;
import io.gradelane.store.operator.SettingChange;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what operators set, where there is a database. What they set has happened before, and stands whether it can be
 * kept or not. Safe on any thread.
 */
public final class Keeper {

  private static final Logger log = LoggerFactory.getLogger(Keeper.class);

  /** An operator is told that it is not kept rather than nothing. */
  private static final long PATIENCE_SECONDS = 3;

  private final JobDoor door;
  private final String pool;

  public Keeper(JobDoor door, String pool) {
    this.door = door;
    this.pool = pool;
  }

  /** @return whether it will survive the last node; never fails */
  public Future<Boolean> keep(Saying saying) {
    Optional<OperatorSettings> settings = settings();
    if (settings.isEmpty()) {
      notKept(saying, "there is no database");
      return Future.succeededFuture(false);
    }
    return settings
        .get()
        .keep(pool, saying)
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .map(true)
        .onFailure(failure -> notKept(saying, String.valueOf(failure.getMessage())))
        .otherwise(false);
  }

  /** Empty while there is no database, or it does not answer; never fails. */
  public Future<Optional<Kept>> kept() {
    return settings()
        .map(settings -> read(settings).map(Optional::of).otherwise(Optional.empty()))
        .orElse(Future.succeededFuture(Optional.empty()));
  }

  /** The changes, newest first. Fails without a database. */
  public Future<List<SettingChange>> changes(long before, int limit) {
    return settings()
        .map(settings -> settings.changes(pool, before, limit))
        .orElseGet(() -> Future.failedFuture("there is no database"));
  }

  private Future<Kept> read(OperatorSettings settings) {
    return settings.all(pool).timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).map(Kept::new);
  }

  private Optional<OperatorSettings> settings() {
    return door.store().map(JobStore::settings);
  }

  private static void notKept(Saying saying, String reason) {
    log.atWarn()
        .addKeyValue("subject", saying.subject())
        .addKeyValue("reason", reason)
        .log("what an operator has set holds, but will not survive the last node");
  }
}
