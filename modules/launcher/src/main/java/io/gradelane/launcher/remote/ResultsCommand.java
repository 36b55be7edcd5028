package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code results}: what became of the jobs of a batch. */
@Command(
    name = "results",
    mixinStandardHelpOptions = true,
    description = {
      "Print what became of the jobs of a batch, also while it runs.",
      "--output json prints a line for each job, --output csv a table for spreadsheets."
    })
final class ResultsCommand implements Callable<Integer> {

  private static final int LONGEST_REF = 28;
  private static final int LONGEST_OUTPUT = 40;
  private static final List<String> STATES =
      List.of("waiting", "running", "finished", "dead", "cancelled");

  @Parameters(paramLabel = "BATCH", description = "Its id.")
  private String batch = "";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only waiting, running, finished, dead or cancelled ones.")
  private @Nullable String state;

  @Mixin
  private final Console console;

  ResultsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Format format = console.format(Format.ALL);
    String wish = console.oneOf(STATES, "--state", state);
    String id = console.id(batch, "BATCH");
    PrintWriter out = console.out();
    try (Nodes nodes = console.open()) {
      JobPages pages = new JobPages(nodes, id, wish);
      switch (format) {
        case TABLE -> table(pages).print(out);
        case JSON -> pages.each(job -> console.say(job.encode()));
        case CSV -> csv(pages, out);
      }
      HungUp.check(out);
      return 0;
    }
  }

  private static Table table(JobPages pages) {
    Table table = new Table("REF", "STATE", "OUTCOME", "ATTEMPTS", "OUTPUT");
    pages.each(json -> {
      JobResult job = new JobResult(json);
      table.add(
          Table.brief(job.ref(), LONGEST_REF),
          job.state(),
          job.outcome().isEmpty() ? "-" : Table.brief(job.outcome(), LONGEST_OUTPUT),
          String.valueOf(json.getInteger("attempts", 0)),
          Table.brief(job.output(), LONGEST_OUTPUT));
    });
    return table;
  }

  private static void csv(JobPages pages, PrintWriter out) {
    out.print("ref,job,state,outcome,attempts,reason,stdout,stderr,cmpinfo,answer\r\n");
    pages.each(json -> {
      out.print(row(json));
      HungUp.check(out);
    });
  }

  private static String row(JsonObject json) {
    JobResult job = new JobResult(json);
    return Stream.of(
                job.ref(),
                job.id(),
                job.state(),
                String.valueOf(json.getValue("outcome", "")),
                String.valueOf(json.getValue("attempts", "")),
                json.getString("reason", ""),
                job.stdout(),
                job.stderr(),
                job.cmpinfo(),
                job.refusal())
            .map(ResultsCommand::cell)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  /** Quoted where RFC 4180 wants it; what a spreadsheet would take for a formula is made text. */
  private static String cell(String value) {
    String text = value.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + value : value;
    return text.matches("(?s).*[\",\r\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }
}
