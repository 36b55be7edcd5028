package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pause}, {@code resume} and {@code cancel}: one change of one batch, which acts on the next grant. */
@Command(mixinStandardHelpOptions = true)
final class SteerCommand implements Callable<Integer> {

  @Parameters(paramLabel = "BATCH", description = "Its id.")
  private String batch = "";

  @Mixin
  private final Console console;

  private final String done;
  private final JsonObject change;

  private SteerCommand(Console console, String done, JsonObject change) {
    this.console = console;
    this.done = done;
    this.change = change;
  }

  static CommandLine pause(Console console) {
    return named(
        new SteerCommand(console, "paused", new JsonObject().put("paused", true)),
        "pause",
        "Pause a batch: nothing more of it starts.");
  }

  static CommandLine resume(Console console) {
    return named(
        new SteerCommand(console, "resumed", new JsonObject().put("paused", false)),
        "resume",
        "Let a paused batch go on.");
  }

  static CommandLine cancel(Console console) {
    return named(
        new SteerCommand(console, "cancelled", new JsonObject().put("cancelled", true)),
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
    Format format = console.format(Format.TABLE_OR_JSON);
    String id = console.id(batch, "BATCH");
    try (Nodes nodes = console.open()) {
      JsonObject now = nodes.patch("/api/v1/batches/" + id, change);
      Counts counts = Counts.of(now.getJsonObject("progress"));
      console
          .out()
          .println(
              format == Format.JSON
                  ? now.encodePrettily()
                  : done + "; " + counts.finished() + " of " + counts.total() + " finished");
      return 0;
    }
  }
}
