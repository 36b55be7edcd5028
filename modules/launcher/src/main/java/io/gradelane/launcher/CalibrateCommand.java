package io.gradelane.launcher;

import io.gradelane.core.server.ServerSpec;
import io.gradelane.health.Calibration;
import io.gradelane.settings.Loading.Loaded;
import io.gradelane.settings.SettingsLoader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code calibrate}: which slots and cores to set for a server. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description = {
      "Measure a Jobe server: runs a second of a tiny program at 1, 2, 4 ... in flight; then say which slots and cores "
          + "to set for it.",
      "It loads the server fully for about half a minute: not while students use it."
    })
final class CalibrateCommand implements Callable<Integer> {

  private static final Duration RUN_TIMEOUT = Duration.ofSeconds(60);

  @Parameters(paramLabel = "URL", description = "The server, such as http://jobe1:4000.")
  private String url = "";

  @Option(names = "--key", paramLabel = "KEY", description = "Sent as X-API-KEY.")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--seconds",
      defaultValue = "4",
      description = "Length of each step, 1 to 60 (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--most",
      defaultValue = "64",
      description = "Most runs in flight, 1 to 256 (default: ${DEFAULT-VALUE}).")
  private int most;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    ServerSpec server = server();
    Calibration.Options options = options();
    spec.commandLine().getErr().println("measuring " + server.url() + " ...");
    Vertx vertx = Vertx.vertx();
    try {
      Calibration.Report report = Calibration.run(vertx, server, options)
          .recover(failure ->
              Future.failedFuture(server.url() + " can't be measured: " + Failures.line(failure)))
          .await();
      spec.commandLine().getOut().print(report.asText());
      spec.commandLine().getOut().flush();
      return report.advice().isPresent() ? 0 : Main.FAILED;
    } finally {
      vertx.close().await();
    }
  }

  /** Read as the configuration would, so that the same spellings are understood. */
  private ServerSpec server() {
    if (SettingsLoader.load(Optional.empty(), Map.of("GRADELANE_SERVERS", url))
        instanceof Loaded loaded) {
      ServerSpec plain = loaded.settings().servers().getFirst();
      return new ServerSpec(plain.id(), plain.url(), key.orElse(null), 1, 1, 1, Map.of());
    }
    throw new ParameterException(
        spec.commandLine(), "URL: '" + url + "' (expected: one such as http://jobe1:4000)");
  }

  private Calibration.Options options() {
    if (seconds < 1 || seconds > 60 || most < 1 || most > 256) {
      throw new ParameterException(
          spec.commandLine(), "expected: --seconds 1 to 60, --most 1 to 256");
    }
    return new Calibration.Options(Duration.ofSeconds(seconds), most, RUN_TIMEOUT);
  }
}
