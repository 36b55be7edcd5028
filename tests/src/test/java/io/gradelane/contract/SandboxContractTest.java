package io.gradelane.contract;

import io.gradelane.sandbox.SandboxOptions;
import io.gradelane.sandbox.SandboxServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The embedded sandbox, asked directly. */
class SandboxContractTest extends JobeContract {

  private final Vertx vertx = Vertx.vertx();

  @Override
  protected Target start(Path dir) throws Exception {
    SandboxServer server = SandboxServer.start(vertx, new SandboxOptions("127.0.0.1", 0, 4, dir))
        .await(30, TimeUnit.SECONDS);
    return new Target("sandbox", "127.0.0.1", server.port(), KnownDifferences.ofSandbox());
  }

  @Override
  protected void stop() throws Exception {
    vertx.close().await(30, TimeUnit.SECONDS);
  }
}
