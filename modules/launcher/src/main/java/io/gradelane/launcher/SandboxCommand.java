package io.gradelane.launcher;

import io.gradelane.sandbox.SandboxOptions;
import io.gradelane.sandbox.SandboxServer;
import io.gradelane.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sandbox}: an embedded sandbox alone. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = {
      "Run a small Jobe server that really compiles and runs programs, in the languages found on this machine.",
      "For trying out and for tests: it is no place for strangers' code."
    })
final class SandboxCommand implements Callable<Integer> {

  /** More programs at once than that are no business of a sandbox. */
  static final int MOST_SLOTS = 64;

  private final Surroundings surroundings;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on (default: ${DEFAULT-VALUE}). Whoever reaches it can run programs here.")
  private String host = "";

  @Option(
      names = "--port",
      defaultValue = "4000",
      description = "Port, 0 for any (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--slots",
      defaultValue = "8",
      description = "Most runs at once, 1 to 64 (default: ${DEFAULT-VALUE}).")
  private int slots;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  SandboxCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (slots < 1 || slots > MOST_SLOTS) {
      throw new ParameterException(
          spec.commandLine(), "--slots: '" + slots + "' (expected: 1 to " + MOST_SLOTS + ")");
    }
    LogSetup.apply(new Settings.Log("auto", "info"), surroundings.terminal(), NodeName.random());
    Vertx vertx = Vertx.vertx();
    Path dir = Files.createTempDirectory("gradelane-sandbox");
    SandboxServer server;
    try {
      server = SandboxServer.start(vertx, new SandboxOptions(host, port, slots, dir))
          .recover(failure -> Future.failedFuture(PortTaken.orElse(failure, host, port, "--port")))
          .await();
    } catch (RuntimeException e) {
      vertx.close().await();
      LogSetup.flush();
      spec.commandLine().getErr().println("gradelane: can't start: " + Failures.line(e));
      return Main.FAILED;
    }
    // What is left of Vert.x ends with the process: to close it would leave nobody to say that it
    // is closed.
    Leaving.onSignal(server::close, Duration.ZERO);
    greet(server);
    new CountDownLatch(1).await();
    return 0;
  }

  private void greet(SandboxServer server) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf("%nA sandbox is up on http://%s:%d with %d slots%n", host, server.port(), slots);
    err.println("  " + server.languages());
    err.println(
        "It is for trying out and for tests: no place for strangers' code. Ctrl-C stops it.");
    err.flush();
  }
}
