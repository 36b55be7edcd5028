package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

  ExamAddCommand(Reach reach) {
    this.reach = reach;
  }

  @Override
  public Integer call() {
    Format.TABLE_OR_JSON.check(format, spec);
    JsonObject exam = new JsonObject()
        .put("name", name)
        .put("start", moment("--start", start).toString())
        .put("end", moment("--end", end).toString())
        .put("students", students);
    try (Nodes nodes = reach.open()) {
      JsonObject told = nodes.post(ExamsCommand.EXAMS, exam);
      spec.commandLine()
          .getOut()
          .println(format == Format.JSON ? told.encodePrettily() : words(told));
      return 0;
    }
  }

  private static String words(JsonObject exam) {
    return exam.getString("id") + "  " + exam.getInteger("students") + " students of "
        + exam.getString("name") + ", " + exam.getString("start") + " to " + exam.getString("end");
  }

  /** What is no moment is wrong usage. */
  private Instant moment(String option, String text) {
    try {
      return text.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeException none) {
      throw new ParameterException(
          spec.commandLine(),
          option + ": '" + text
              + "' (expected: such as 2026-12-01T08:00 or 2026-12-01T08:00+01:00)");
    }
  }
}
