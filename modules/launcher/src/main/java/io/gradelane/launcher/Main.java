package io.gradelane.launcher;

import io.gradelane.launcher.remote.RemoteCommands;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 it failed, 2 the usage or the configuration is wrong. */
@Command(
    name = "gradelane",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Versions.class,
    description = {"The front door to a pool of Jobe servers. Without a command: up.", ""},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nIn a checkout, bin/gradelane also knows:%n",
    footer = {
      "  bench NAME  Run a benchmark; bench --help lists them.",
      "  sim [SEED]  Run the dispatcher's simulation: 10,000 seeds, or one with all that happens.",
      "  soak        Damage a cluster on this machine under load; soak --help lists how."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:it failed; one line says why",
      "2:the usage or the configuration is wrong",
      "141:nobody reads what it prints any more"
    })
public final class Main implements Runnable {

  static final int FAILED = 1;
  static final int WRONG = 2;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    String[] given = args.length == 0 ? new String[] {"up"} : args;
    int exit = commandLine(System.getenv()).setOut(standardOut()).execute(given);
    System.exit(exit);
  }

  /** Unlike picocli's own, it knows when nobody reads it any more. */
  private static PrintWriter standardOut() {
    return new PrintWriter(System.out, true, System.out.charset());
  }

  static CommandLine commandLine(Map<String, String> environment) {
    Surroundings surroundings = Surroundings.of(environment);
    CommandLine commands = new CommandLine(new Main())
        .addSubcommand("up", new UpCommand(surroundings))
        .addSubcommand("sandbox", new SandboxCommand(surroundings))
        .addSubcommand(RemoteCommands.cluster(environment))
        .addSubcommand(RemoteCommands.fleet(environment))
        .addSubcommand("config", configuration(surroundings))
        .addSubcommand("key", new CommandLine(new KeyCommand()))
        .addSubcommand("calibrate", new CalibrateCommand())
        .addSubcommand("rehearse", new RehearseCommand(surroundings))
        .addSubcommand("version", new VersionCommand());
    RemoteCommands.addTo(commands, environment, surroundings.terminal());
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    return commands.setUsageHelpAutoWidth(true).setExecutionExceptionHandler(Main::failed);
  }

  private static CommandLine configuration(Surroundings surroundings) {
    return new CommandLine(new ConfigCommand())
        .addSubcommand("check", new ConfigCommand.Check(surroundings));
  }

  /** A failure that nobody has put into words: its message, not its stack. One that has its own exit code has said enough. */
  private static int failed(Exception e, CommandLine line, ParseResult result) {
    if (e instanceof IExitCodeGenerator quiet) {
      return quiet.getExitCode();
    }
    line.getErr().println("gradelane: " + Failures.line(e));
    return FAILED;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What {@code --version} prints. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Gradelane " + Version.current() + ", Java " + Runtime.version()};
    }
  }

  /** {@code version}, for those who try that first. */
  @Command(name = "version", description = "Print the version.", mixinStandardHelpOptions = true)
  static final class VersionCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
      spec.commandLine().getOut().println(new Versions().getVersion()[0]);
    }
  }
}
