package io.gradelane.launcher;

import io.gradelane.settings.Loading.Loaded;
import io.gradelane.settings.Settings;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code up}: one node, until it is told to leave. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Run one node: the gateway, and embedded sandboxes behind it if no servers are configured.",
      "SIGTERM and Ctrl-C drain: readiness fails, what is in flight ends, exit 0."
    })
final class UpCommand implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(UpCommand.class);

  private final Surroundings surroundings;

  @Mixin
  private final ConfigurationOption configuration = new ConfigurationOption();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  UpCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Optional<Loaded> loaded = configuration.load(surroundings, err);
    return loaded.isPresent() ? run(loaded.get().settings(), err) : Main.WRONG;
  }

  private int run(Settings settings, PrintWriter err) throws InterruptedException {
    long began = System.nanoTime();
    String name = NodeName.random();
    LogSetup.apply(settings.log(), surroundings.terminal(), name);
    ConfiguredServers servers =
        new ConfiguredServers(settings, () -> configuration.read(surroundings));
    Future<Node> opened = Node.open(name, settings, servers);
    Supplier<Future<Void>> close = () -> opened.compose(Node::close).otherwiseEmpty();
    Leaving leaving = Leaving.onSignal(close, Node.drainTime(settings));
    Node node;
    try {
      node = opened.compose(joined -> joined.start().map(joined)).await();
    } catch (Startup.StepFailed e) {
      leaving.forget();
      close.get().await();
      LogSetup.flush();
      err.println("gradelane: can't start: " + e.getMessage());
      return Main.FAILED;
    }
    greet(node, settings, (System.nanoTime() - began) / 1_000_000, err);
    new CountDownLatch(1).await();
    return 0;
  }

  /** To a person on the error stream, so that the log keeps to one form. */
  private void greet(Node node, Settings settings, long millis, PrintWriter err) {
    log.atInfo()
        .addKeyValue("host", settings.http().host())
        .addKeyValue("port", node.port())
        .addKeyValue("servers", node.servers().keySet())
        .addKeyValue("ms", millis)
        .log("gradelane is up");
    new Banner(settings, node.servers(), node.port())
        .print(configuration.source(surroundings), millis, err);
  }
}
