package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pause}, {@code resume} and {@code cancel}: one change of one batch, which acts on the next grant. */
@Command(mixinStandardHelpOptions = true)
final class SteerCommand implements Callable<Integer> {

  @Parameters(paramLabel = "BATCH", description = "Its id.")
  private String batch = "";

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "table or json; ${DEFAULT-VALUE} unless given.")
  private Format format = Format.TABLE;

  @Mixin
  private final Reach reach;

  private final String done;
  private final JsonObject change;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private SteerCommand(Reach reach, String done, JsonObject change) {
    this.reach = reach;
    this.done = done;
    this.change = change;
  }

  static CommandLine pause(Reach reach) {
    return named(
        new SteerCommand(reach, "paused", new JsonObject().put("paused", true)),
        "pause",
        "Pause a batch: nothing more of it starts.");
  }

  static CommandLine resume(Reach reach) {
    return named(
        new SteerCommand(reach, "resumed", new JsonObject().put("paused", false)),
        "resume",
        "Let a paused batch go on.");
  }

  static CommandLine cancel(Reach reach) {
    return named(
        new SteerCommand(reach, "cancelled", new JsonObject().put("cancelled", true)),
        "cancel",
        "Cancel a batch: nothing more of it starts, and what runs is dropped.");
  }

  private static CommandLine named(SteerCommand command, String name, String what) {
    CommandLine line = new CommandLine(command).setCommandName(name);
    line.getCommandSpec().usageMessage().description(what);
    return line;
  }

  @Override
  public Integer call() {
    Format.TABLE_OR_JSON.check(format, spec);
    String id = Ids.checked(batch, "BATCH", spec);
    try (Nodes nodes = reach.open()) {
      JsonObject now = nodes.patch("/api/v1/batches/" + id, change);
      Counts counts = Counts.of(now.getJsonObject("progress"));
      spec.commandLine()
          .getOut()
          .println(
              format == Format.JSON
                  ? now.encodePrettily()
                  : done + "; " + counts.finished() + " of " + counts.total() + " finished");
      return 0;
    }
  }
}
