package io.gradelane.launcher.remote;

import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The commands of this room. */
public final class RemoteCommands {

  private RemoteCommands() {}

  /** @param terminal whether a person reads the output */
  public static void addTo(
      CommandLine commands, Map<String, String> environment, boolean terminal) {
    Supplier<Console> console = () -> new Console(environment, terminal);
    commands
        .addSubcommand(new CommandLine(new SubmitCommand(console.get())))
        .addSubcommand(new CommandLine(new BatchCommand(console.get())))
        .addSubcommand(new CommandLine(new BatchesCommand(console.get())))
        .addSubcommand(new CommandLine(new WatchCommand(console.get())))
        .addSubcommand(SteerCommand.pause(console.get()))
        .addSubcommand(SteerCommand.resume(console.get()))
        .addSubcommand(SteerCommand.cancel(console.get()))
        .addSubcommand(Console.with(Format.ALL, new CommandLine(new ResultsCommand(console.get()))))
        .addSubcommand(new CommandLine(new RedriveCommand(console.get())))
        .addSubcommand(new CommandLine(new RunsCommand(console.get())))
        .addSubcommand(new CommandLine(new CompletionCommand()));
  }

  public static CommandLine cluster(Map<String, String> environment) {
    return new CommandLine(new ClusterCommand(new Console(environment, false)));
  }

  /** With its own commands. */
  public static CommandLine fleet(Map<String, String> environment) {
    Supplier<Console> console = () -> new Console(environment, false);
    return new CommandLine(new FleetCommand(console.get()))
        .addSubcommand(ExamsCommand.with(console));
  }
}
