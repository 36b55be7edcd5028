package io.gradelane.launcher;

import io.gradelane.core.server.ServerSpec;
import io.gradelane.jobe.client.CallContext;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.jobe.client.JobeReply;
import io.gradelane.settings.Loading.Loaded;
import io.gradelane.settings.Settings;
import io.gradelane.settings.SettingsLoader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code rehearse}: starts a node on any port, asks it for one run, and leaves. {@code bin/gradelane} does it once after a
 * build, so that the JVM can archive the classes that a start needs; that takes a third off every later one.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Start a node, ask it for one run, and leave.")
final class RehearseCommand implements Callable<Integer> {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final Surroundings surroundings;

  RehearseCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = settings();
    LogSetup.apply(new Settings.Log("json", "error"), false, "rehearsal");
    ConfiguredServers servers = new ConfiguredServers(settings, () -> {
      throw new IllegalStateException("nobody refreshes a rehearsal");
    });
    Node node = Node.open("rehearsal", settings, servers).await();
    try {
      node.start().await();
      return askedForOneRun(node.port()) ? 0 : Main.FAILED;
    } finally {
      node.close().await();
    }
  }

  /** The usual file is read too, for the classes that reading it needs. */
  private Settings settings() throws IOException {
    SettingsLoader.load(surroundings.configuration(Optional.empty()), Map.of());
    Path folder = Files.createTempDirectory("gradelane-rehearsal");
    folder.toFile().deleteOnExit();
    Map<String, String> environment = Map.of(
        "GRADELANE_HTTP_PORT", "0",
        "GRADELANE_DATA_DIR", folder.toString(),
        "GRADELANE_DATABASE_EMBEDDED", "false",
        "GRADELANE_SANDBOX_COUNT", "1",
        "GRADELANE_DRAIN_DELAY", "0s");
    return SettingsLoader.load(Optional.empty(), environment) instanceof Loaded loaded
        ? loaded.settings()
        : failed();
  }

  private static Settings failed() {
    throw new IllegalStateException("the defaults are wrong");
  }

  private static boolean askedForOneRun(int port) {
    ServerSpec node =
        new ServerSpec("node", URI.create("http://127.0.0.1:" + port), null, 1, 1, 1, Map.of());
    Buffer body = new JsonObject()
        .put(
            "run_spec",
            new JsonObject()
                .put("language_id", "c")
                .put("sourcecode", "int main(void) { return 0; }"))
        .toBuffer();
    Vertx vertx = Vertx.vertx();
    JobeReply reply = Future.<JobeReply>future(
            promise -> vertx.runOnContext(turn -> new JobeClient(vertx, System::nanoTime)
                .run(node, body, CallContext.of("rehearsal"), TIMEOUT)
                .onComplete(promise)))
        .eventually(vertx::close)
        .await();
    return reply.status() < 500;
  }
}
