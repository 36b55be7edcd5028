package io.gradelane.system;

import io.gradelane.contract.JobeContract;
import io.gradelane.contract.KnownDifferences;
import io.gradelane.sandbox.SandboxOptions;
import io.gradelane.sandbox.SandboxServer;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The gateway in front of two embedded sandboxes. */
class GatewayContractTest extends JobeContract {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int SLOTS = 4;

  private final Vertx vertx = Vertx.vertx();
  private @Nullable GatewayFixture gateway;

  @Override
  protected Target start(Path dir) throws Exception {
    GatewayFixture.Plan plan = new GatewayFixture.Plan();
    plan.server(sandbox(dir.resolve("one")), SLOTS, SLOTS)
        .server(sandbox(dir.resolve("two")), SLOTS, SLOTS);
    gateway = GatewayFixture.start(plan);
    return new Target("gateway", LOOPBACK, gateway.port(), KnownDifferences.ofGateway());
  }

  private URI sandbox(Path dir) throws Exception {
    SandboxServer server = SandboxServer.start(vertx, new SandboxOptions(LOOPBACK, 0, SLOTS, dir))
        .await(60, TimeUnit.SECONDS);
    return URI.create("http://" + LOOPBACK + ":" + server.port());
  }

  @Override
  protected void stop() throws Exception {
    Objects.requireNonNull(gateway).close();
    vertx.close().await(30, TimeUnit.SECONDS);
  }
}
