package io.gradelane.launcher;

import io.gradelane.cluster.ServerMap;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerState.Down;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until a server takes runs, so that the first request after a start does not wait instead. No longer than a few
 * seconds: a node whose servers are all down still answers as Jobe would.
 */
final class FirstServer {

  private static final Logger log = LoggerFactory.getLogger(FirstServer.class);
  private static final long PATIENCE_MILLIS = 5_000;

  private final Vertx vertx;
  private final ServerMap servers;
  private final Promise<Void> found = Promise.promise();

  FirstServer(Vertx vertx, ServerMap servers) {
    this.vertx = vertx;
    this.servers = servers;
  }

  /** Never fails. */
  Future<Void> awaitReady() {
    Context context = vertx.getOrCreateContext();
    context.runOnContext(turn -> {
      Runnable deaf = servers.listen(this::look);
      long timer = vertx.setTimer(PATIENCE_MILLIS, late -> giveUp());
      found.future().onComplete(any -> {
        deaf.run();
        vertx.cancelTimer(timer);
      });
      look(servers.snapshot());
    });
    return found.future();
  }

  private void look(Map<String, ServerEntry> entries) {
    if (entries.values().stream().anyMatch(FirstServer::takesRuns)) {
      found.tryComplete();
    } else if (entries.values().stream().allMatch(entry -> entry.state() instanceof Down)) {
      giveUp();
    }
  }

  private void giveUp() {
    log.atWarn()
        .addKeyValue("servers", servers.snapshot().keySet())
        .log("no server is ready yet: runs wait for one as long as their lane's patience");
    found.tryComplete();
  }

  private static boolean takesRuns(ServerEntry entry) {
    return entry.state().grantable() && !entry.languages().isEmpty();
  }
}
