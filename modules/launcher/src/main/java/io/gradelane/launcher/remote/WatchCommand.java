package io.gradelane.launcher.remote;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code watch}: a batch's progress until it has ended. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Watch a batch until it has ended. On a terminal one line that moves, else a line for each change.",
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

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "table, or json: every event as a line; ${DEFAULT-VALUE} unless given.")
  private Format format = Format.TABLE;

  @Mixin
  private final Reach reach;

  private final boolean terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  WatchCommand(Reach reach, boolean terminal) {
    this.reach = reach;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Format.TABLE_OR_JSON.check(format, spec);
    try (Nodes nodes = reach.open()) {
      Screen screen = new Screen(
          spec.commandLine().getOut(), reach.environment(), terminal, System.out.charset());
      return new BatchWatch(nodes, screen, format).run(Ids.checked(batch, "BATCH", spec));
    }
  }
}
