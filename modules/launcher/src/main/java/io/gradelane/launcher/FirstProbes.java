package io.gradelane.launcher;

import io.gradelane.cluster.ServerMap;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerState.Unknown;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until every server has been probed once, so that the first request after a start does not wait instead. No longer
 * than a few seconds: a node whose servers are all down still answers as Jobe would.
 */
final class FirstProbes {

  private static final Logger log = LoggerFactory.getLogger(FirstProbes.class);
  private static final long PATIENCE_MILLIS = 5_000;

  private final Vertx vertx;
  private final ServerMap servers;
  private final Promise<Void> probed = Promise.promise();

  FirstProbes(Vertx vertx, ServerMap servers) {
    this.vertx = vertx;
    this.servers = servers;
  }

  /** Never fails. */
  Future<Void> await() {
    Context context = vertx.getOrCreateContext();
    context.runOnContext(turn -> {
      Runnable deaf = servers.listen(this::look);
      long timer = vertx.setTimer(PATIENCE_MILLIS, late -> tell(servers.snapshot()));
      probed.future().onComplete(any -> {
        deaf.run();
        vertx.cancelTimer(timer);
      });
      look(servers.snapshot());
    });
    return probed.future();
  }

  private void look(Map<String, ServerEntry> entries) {
    if (entries.values().stream().noneMatch(entry -> entry.state() instanceof Unknown)) {
      tell(entries);
    }
  }

  private void tell(Map<String, ServerEntry> entries) {
    if (probed.tryComplete() && entries.values().stream().noneMatch(FirstProbes::takesRuns)) {
      log.atWarn()
          .addKeyValue("servers", entries.keySet())
          .log("no server is ready yet: runs wait for one as long as their lane's patience");
    }
  }

  private static boolean takesRuns(ServerEntry entry) {
    return entry.state().grantable() && !entry.languages().isEmpty();
  }
}
