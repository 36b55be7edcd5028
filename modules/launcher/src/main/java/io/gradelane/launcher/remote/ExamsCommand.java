package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fleet exams}: for which exams there are to be hosts, and who knows them. */
@Command(
    name = "exams",
    mixinStandardHelpOptions = true,
    description = "List the exams for which there are to be hosts, by their start.")
final class ExamsCommand implements Callable<Integer> {

  static final String EXAMS = "/api/v1/fleet/exams";

  private static final int LONGEST_NAME = 40;

  @Option(names = "--past", description = "Also those that have ended.")
  private boolean past;

  @Mixin
  private final Console console;

  private ExamsCommand(Console console) {
    this.console = console;
  }

  /** With its own commands. */
  static CommandLine with(Supplier<Console> console) {
    return new CommandLine(new ExamsCommand(console.get()))
        .addSubcommand(new CommandLine(new ExamAddCommand(console.get())))
        .addSubcommand(new CommandLine(new ExamRemoveCommand(console.get())));
  }

  @Override
  public Integer call() {
    Format format = console.format(Format.TABLE_OR_JSON);
    PrintWriter out = console.out();
    try (Nodes nodes = console.open()) {
      JsonObject answer = nodes.get(EXAMS + "?past=" + past);
      if (format == Format.JSON) {
        out.println(answer.encodePrettily());
      } else {
        table(answer.getJsonArray("exams")).print(out);
        tell(answer, console.err());
      }
      return 0;
    }
  }

  private static Table table(JsonArray exams) {
    Table table = new Table("EXAM", "START", "END", "STUDENTS", "FROM", "NAME");
    for (int i = 0; i < exams.size(); i++) {
      JsonObject exam = exams.getJsonObject(i);
      table.add(
          exam.getString("id", "-"),
          exam.getString("start"),
          exam.getString("end"),
          String.valueOf(exam.getInteger("students")),
          exam.getString("origin"),
          Table.brief(exam.getString("name"), LONGEST_NAME));
    }
    return table;
  }

  /** What the table alone would hide. */
  private static void tell(JsonObject answer, PrintWriter err) {
    if (answer.containsKey("calendar")) {
      err.println("The calendar file can't be read: " + answer.getString("calendar"));
    }
    if (!answer.getBoolean("counted", true)) {
      err.println("They make no hosts: fleet.rules has no calendar, or hosts are kept by hand.");
    }
    if (!answer.getBoolean("lasting", true)) {
      err.println("Those that are told here are lost when the node ends: it has no database.");
    }
    err.flush();
  }
}
