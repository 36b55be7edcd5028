package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fleet exams add}: tells of one exam. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = "Tell of an exam: there will be hosts for its students.")
final class ExamAddCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "Of the exam.")
  private String name = "";

  @Option(
      names = "--start",
      required = true,
      paramLabel = "TIME",
      description = "Such as 2026-12-01T08:00, by this machine's clock, or 2026-12-01T08:00+01:00.")
  private String start = "";

  @Option(names = "--end", required = true, paramLabel = "TIME", description = "Likewise.")
  private String end = "";

  @Option(
      names = "--students",
      required = true,
      paramLabel = "N",
      description = "So many are expected.")
  private int students;

  @Mixin
  private final Console console;

  ExamAddCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Format format = console.format(Format.TABLE_OR_JSON);
    JsonObject exam = new JsonObject()
        .put("name", name)
        .put("start", console.moment("--start", start).toString())
        .put("end", console.moment("--end", end).toString())
        .put("students", students);
    try (Nodes nodes = console.open()) {
      JsonObject told = nodes.post(ExamsCommand.EXAMS, exam);
      console.out().println(format == Format.JSON ? told.encodePrettily() : words(told));
      return 0;
    }
  }

  private static String words(JsonObject exam) {
    return exam.getString("id") + "  " + exam.getInteger("students") + " students of "
        + exam.getString("name") + ", " + exam.getString("start") + " to " + exam.getString("end");
  }
}
