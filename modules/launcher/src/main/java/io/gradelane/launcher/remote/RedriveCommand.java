package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redrive}: lets dead jobs of a batch run once more. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description =
        "Let a batch's dead jobs run once more: all of them, or those that the options name.")
final class RedriveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "BATCH", description = "Its id.")
  private String batch = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Only those whose reason has this text in it.")
  private @Nullable String reason;

  @Option(
      names = "--ref-prefix",
      paramLabel = "TEXT",
      description = "Only those whose ref begins so.")
  private @Nullable String refPrefix;

  @Mixin
  private final Console console;

  RedriveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Format format = console.format(Format.TABLE_OR_JSON);
    String id = console.id(batch, "BATCH");
    try (Nodes nodes = console.open()) {
      JsonObject answer = nodes.postOnce("/api/v1/batches/" + id + "/redrive", wish());
      int count = answer.getInteger("redriven", 0);
      console
          .out()
          .println(
              format == Format.JSON
                  ? answer.encode()
                  : count == 1 ? "1 job waits again" : count + " jobs wait again");
      return 0;
    }
  }

  private JsonObject wish() {
    JsonObject wish = new JsonObject();
    if (reason != null) {
      wish.put("reason", reason);
    }
    return refPrefix == null ? wish : wish.put("refPrefix", refPrefix);
  }
}
