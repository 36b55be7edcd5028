package io.gradelane.launcher;

import io.gradelane.core.server.ServerSpec;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.settings.Loading.Loaded;
import io.gradelane.settings.SettingsLoader;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
      "Measure a Jobe server: runs a second at 1, 2, 4 ... in flight of a small program; then say which slots and "
          + "cores to set for it.",
      "It loads the server fully for about half a minute: not while students use it."
    })
final class CalibrateCommand implements Callable<Integer> {

  /** Each prints 42. */
  private static final Map<String, String> PROGRAMS = Map.of(
      "python3",
      "print(6 * 7)",
      "c",
      "#include <stdio.h>\nint main(void) { printf(\"%d\\n\", 6 * 7); return 0; }",
      "nodejs",
      "console.log(6 * 7)",
      "java",
      "public class Run { public static void main(String[] args) { System.out.println(6 * 7); } }");

  @Parameters(paramLabel = "URL", description = "The server, such as http://jobe1:4000.")
  private String url = "";

  @Option(names = "--key", paramLabel = "KEY", description = "Sent as X-API-KEY.")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--language",
      defaultValue = "python3",
      description =
          "python3, c, nodejs or java (default: ${DEFAULT-VALUE}): what your students use most.")
  private String language = "";

  @Option(
      names = "--seconds",
      defaultValue = "5",
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
    Buffer body = body();
    Vertx vertx = Vertx.vertx();
    try {
      return measure(vertx, server, body);
    } finally {
      vertx.close().await();
    }
  }

  private int measure(Vertx vertx, ServerSpec server, Buffer body) {
    PrintWriter out = spec.commandLine().getOut();
    Context context = vertx.getOrCreateContext();
    JobeClient client = new JobeClient(vertx, System::nanoTime);
    out.printf("%s, %s, %d s a step%n%n", server.url(), language, seconds);
    out.printf(
        "%10s %10s %10s %10s %8s %8s%n",
        "in flight", "runs/s", "p50 ms", "p95 ms", "refused", "failed");
    List<Calibration.Level> levels = new ArrayList<>();
    for (int inFlight = 1; inFlight <= most; inFlight *= 2) {
      Calibration.Level level = level(context, client, server, body, inFlight);
      levels.add(level);
      tell(level, out);
      if (level.perSecond() == 0 || new Calibration(levels).isEnough()) {
        break;
      }
    }
    return advise(new Calibration(levels), server, out);
  }

  private Calibration.Level level(
      Context context, JobeClient client, ServerSpec server, Buffer body, int inFlight) {
    LoadLevel load = new LoadLevel(client, server, body, context, System::nanoTime, inFlight);
    return Future.<Calibration.Level>future(promise -> context.runOnContext(
            turn -> load.keepUp(Duration.ofSeconds(seconds)).onComplete(promise)))
        .await();
  }

  private static void tell(Calibration.Level level, PrintWriter out) {
    out.printf(
        "%10d %10.1f %10d %10d %8d %8d%n",
        level.inFlight(),
        level.perSecond(),
        level.p50(),
        level.p95(),
        level.refused(),
        level.failed());
    out.flush();
  }

  private int advise(Calibration calibration, ServerSpec server, PrintWriter out) {
    if (calibration.slots() == 0) {
      spec.commandLine()
          .getErr()
          .println("gradelane: the server gave no right answer: is it a Jobe server with "
              + language + ", and does it need a key?");
      return Main.FAILED;
    }
    out.printf(
        "%nMore than %d in flight gains nothing; up to %d hardly a run takes twice as long as alone. So:%n%n",
        calibration.slots(), calibration.cores());
    out.printf(
        "  - url: %s%n    slots: %d%n    cores: %d%n",
        server.url(), calibration.slots(), calibration.cores());
    return 0;
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

  private Buffer body() {
    String program = PROGRAMS.get(language);
    if (program == null || seconds < 1 || seconds > 60 || most < 1 || most > 256) {
      throw new ParameterException(
          spec.commandLine(),
          "expected: a language of " + PROGRAMS.keySet() + ", --seconds 1 to 60, --most 1 to 256");
    }
    JsonObject run =
        new JsonObject().put("language_id", language).put("sourcecode", program).put("input", "");
    return new JsonObject().put("run_spec", run).toBuffer();
  }
}
