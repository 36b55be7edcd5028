package io.gradelane.launcher.remote;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code watch}: a batch's progress until it has ended. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Watch a batch until it has ended. On a terminal one line that moves, else a line for each change.",
      "--output json prints every event as a line.",
      "If the node goes away it goes on with the next one of --url, without missing anything."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all jobs are finished",
      "1:some are dead or cancelled, or it could not be watched",
      "2:wrong usage"
    })
final class WatchCommand implements Callable<Integer> {

  @Parameters(paramLabel = "BATCH", description = "Its id.")
  private String batch = "";

  @Mixin
  private final Console console;

  WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Format format = console.format(Format.TABLE_OR_JSON);
    String id = console.id(batch, "BATCH");
    try (Nodes nodes = console.open()) {
      return new BatchWatch(nodes, console.screen(console.out()), format, console::complain)
          .run(id);
    }
  }
}
