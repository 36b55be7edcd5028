package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fleet exams remove}: there is no such exam after all. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Remove an exam that was told by the interface.")
final class ExamRemoveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "EXAM", description = "Its id, as the list shows it.")
  private String exam = "";

  @Mixin
  private final Console console;

  ExamRemoveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Format format = console.format(Format.TABLE_OR_JSON);
    try (Nodes nodes = console.open()) {
      JsonObject gone = nodes.delete(
          ExamsCommand.EXAMS + "/" + URLEncoder.encode(exam.strip(), StandardCharsets.UTF_8));
      console
          .out()
          .println(
              format == Format.JSON
                  ? gone.encodePrettily()
                  : "removed: " + gone.getString("name") + ", " + gone.getString("start"));
      return 0;
    }
  }
}
