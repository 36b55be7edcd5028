package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fleet exams remove}: there is no such exam after all. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Remove an exam that was told by the interface.")
final class ExamRemoveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "EXAM", description = "Its id, as the list shows it.")
  private String exam = "";

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "table or json; ${DEFAULT-VALUE} unless given.")
  private Format format = Format.TABLE;

  @Mixin
  private final Reach reach;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  ExamRemoveCommand(Reach reach) {
    this.reach = reach;
  }

  @Override
  public Integer call() {
    Format.TABLE_OR_JSON.check(format, spec);
    try (Nodes nodes = reach.open()) {
      JsonObject gone = nodes.delete(
          ExamsCommand.EXAMS + "/" + URLEncoder.encode(exam.strip(), StandardCharsets.UTF_8));
      spec.commandLine()
          .getOut()
          .println(
              format == Format.JSON
                  ? gone.encodePrettily()
                  : "removed: " + gone.getString("name") + ", " + gone.getString("start"));
      return 0;
    }
  }
}
