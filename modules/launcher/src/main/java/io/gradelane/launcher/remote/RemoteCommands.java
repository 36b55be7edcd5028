package io.gradelane.launcher.remote;

import java.util.Map;
import picocli.CommandLine;

/** The commands of this room. */
public final class RemoteCommands {

  private RemoteCommands() {}

  /** @param terminal whether a person reads the output */
  public static void addTo(
      CommandLine commands, Map<String, String> environment, boolean terminal) {
    commands
        .addSubcommand(new CommandLine(new SubmitCommand(new Reach(environment))))
        .addSubcommand(new CommandLine(new BatchCommand(new Reach(environment), terminal)))
        .addSubcommand(new CommandLine(new BatchesCommand(new Reach(environment))))
        .addSubcommand(new CommandLine(new WatchCommand(new Reach(environment), terminal)))
        .addSubcommand(SteerCommand.pause(new Reach(environment)))
        .addSubcommand(SteerCommand.resume(new Reach(environment)))
        .addSubcommand(SteerCommand.cancel(new Reach(environment)))
        .addSubcommand(new CommandLine(new ResultsCommand(new Reach(environment))))
        .addSubcommand(new CommandLine(new CompletionCommand()));
  }

  /** {@code exams}, which stands below {@code fleet}. */
  public static CommandLine exams(Map<String, String> environment) {
    return ExamsCommand.with(() -> new Reach(environment));
  }
}
