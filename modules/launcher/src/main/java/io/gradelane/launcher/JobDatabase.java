package io.gradelane.launcher;

import io.gradelane.postgres.Executables;
import io.gradelane.postgres.PostgresServer;
import io.gradelane.settings.Settings;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.postgres.DatabaseAddress;
import io.gradelane.store.postgres.PostgresJobStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Where jobs are kept: the PostgreSQL that is configured, else, of a node that stands alone, one of its own beside it; or
 * nowhere.
 *
 * <p>It is opened in the background, and again and again until it answers: whoever sits and waits for a run needs no
 * database, and must not wait for one.
 */
final class JobDatabase {

  private static final Logger log = LoggerFactory.getLogger(JobDatabase.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Settings settings;
  private final String node;
  private final DatabaseMeters meters;
  private final Promise<Void> opening = Promise.promise();
  private volatile @Nullable PostgresServer embedded;
  private volatile @Nullable JobStore store;
  private volatile boolean closing;

  /** After the embedded one; another look, and its stop, begin when it has ended. */
  private Future<Void> look = Future.succeededFuture();

  /** It has been said; written by one attempt after the other. */
  private volatile boolean missed;

  JobDatabase(Vertx vertx, Settings settings, String node, DatabaseMeters meters) {
    this.vertx = vertx;
    this.settings = settings;
    this.node = node;
    this.meters = meters;
  }

  /** Empty while it can't be reached, and where there is none. */
  Optional<JobStore> store() {
    return Optional.ofNullable(store);
  }

  /** Does not wait for it. */
  Future<Void> open() {
    if (settings.hasDatabase()) {
      reach();
    } else {
      opening.complete();
    }
    return Future.succeededFuture();
  }

  Future<Void> close() {
    closing = true;
    return opening
        .future()
        .compose(opened -> store().map(JobStore::close).orElse(Future.succeededFuture()))
        .eventually(this::stopEmbedded);
  }

  private void reach() {
    address()
        .compose(
            address -> PostgresJobStore.open(vertx, address, Sessions.Terms.DEFAULT, node, meters))
        .onSuccess(opened -> {
          store = opened;
          opening.complete();
          lookAfterEmbedded();
        })
        .onFailure(this::later);
  }

  private void later(Throwable failure) {
    if (closing) {
      opening.complete();
      return;
    }
    log.atLevel(missed ? Level.DEBUG : Level.WARN)
        .addKeyValue("reason", Failures.line(failure))
        .log("no database: no durable jobs until it answers");
    missed = true;
    vertx.setTimer(AGAIN.toMillis(), timer -> {
      if (closing) {
        opening.complete();
      } else {
        reach();
      }
    });
  }

  private Future<DatabaseAddress> address() {
    Settings.Database wish = settings.database();
    return wish.url() == null
        ? vertx.executeBlocking(this::startEmbedded, false)
        : Future.succeededFuture(new DatabaseAddress(
            wish.url().toString(),
            wish.user(),
            wish.password(),
            wish.connections(),
            wish.timeout()));
  }

  private DatabaseAddress startEmbedded() throws Exception {
    Path data = settings.dataDir();
    PostgresServer server = PostgresServer.start(
        Executables.embedded(data.resolve("executables")),
        data.resolve("postgres"),
        "shared_buffers=32MB",
        "max_connections=40");
    embedded = server;
    return new DatabaseAddress(
        server.url(),
        PostgresServer.USER,
        server.password(),
        settings.database().connections(),
        settings.database().timeout());
  }

  /** Nobody else would start it again, should it be killed. */
  private void lookAfterEmbedded() {
    PostgresServer server = embedded;
    if (server != null) {
      vertx.setTimer(LOOK.toMillis(), timer -> look(server));
    }
  }

  private synchronized void look(PostgresServer server) {
    if (!closing) {
      look = vertx
          .executeBlocking(() -> revived(server), false)
          .onFailure(failure -> log.atWarn()
              .addKeyValue("reason", Failures.line(failure))
              .log("PostgreSQL can't be started again"))
          .onComplete(looked -> lookAfterEmbedded())
          .mapEmpty();
    }
  }

  private PostgresServer revived(PostgresServer server) throws IOException {
    if (!server.isRunning()) {
      log.warn("PostgreSQL has ended: it is started again");
      server.revive();
    }
    return server;
  }

  private synchronized Future<Void> stopEmbedded() {
    PostgresServer server = embedded;
    return server == null
        ? Future.succeededFuture()
        : look.transform(looked -> vertx.executeBlocking(
            () -> {
              server.close();
              return null;
            },
            false));
  }
}
