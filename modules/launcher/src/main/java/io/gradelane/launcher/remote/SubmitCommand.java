package io.gradelane.launcher.remote;

import io.gradelane.launcher.remote.EventStream.Said;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code submit}: one job for each file. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = {
      "Submit programs, each as a job, and print the jobs' ids.",
      "A file that ends in .json is a run_spec."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:submitted; with --wait: all programs ran to a good end (outcome 15)",
      "1:it failed; with --wait also: a program did not",
      "2:wrong usage"
    })
final class SubmitCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofSeconds(1);

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Programs; - is standard input.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      description = "Such as python3; by the files' endings unless given.")
  private @Nullable String language;

  @Option(names = "--lane", paramLabel = "LANE", description = "Where they wait.")
  private @Nullable String lane;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "What the programs read from their standard input.")
  private @Nullable Path input;

  @Option(names = "--wait", description = "Wait for their end, and print what they print.")
  private boolean wait;

  @Mixin
  private final Console console;

  private Format format = Format.TABLE;

  SubmitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    format = console.format(Format.TABLE_OR_JSON);
    String text = input == null ? null : Programs.read(input);
    List<JsonObject> jobs =
        files.stream().map(file -> Programs.job(file, language, text)).toList();
    try (Nodes nodes = console.open()) {
      List<String> ids = new ArrayList<>();
      for (JsonObject job : jobs) {
        ids.add(submit(nodes, lane == null ? job : job.put("lane", lane)));
      }
      return wait ? await(nodes, ids) : 0;
    }
  }

  private String submit(Nodes nodes, JsonObject job) {
    JsonObject kept = nodes.postOnce("/api/v1/jobs", job);
    String id = kept.getString("firstJob");
    if (!wait) {
      console.out().println(format == Format.JSON ? kept.encode() : id);
      console.out().flush();
    }
    return id;
  }

  private int await(Nodes nodes, List<String> ids) throws InterruptedException {
    boolean good = true;
    for (String id : ids) {
      awaitEnd(nodes, id);
      JobResult job = new JobResult(nodes.get("/api/v1/jobs/" + id));
      good &= job.isGood();
      print(job);
    }
    return good ? 0 : 1;
  }

  private void awaitEnd(Nodes nodes, String id) throws InterruptedException {
    try (EventStream events = new EventStream(nodes, "job=" + id, console::complain)) {
      boolean over = false;
      while (!over) {
        Said said = events.next(LOOK);
        JsonObject job = said == null ? null : said.data().getJsonObject("job");
        over = job != null && new JobResult(job).isOver();
      }
    }
  }

  /** What the program printed goes where a program's output goes; what became of it is said beside. */
  private void print(JobResult job) {
    if (format == Format.JSON) {
      console.out().println(job.job().encode());
    } else {
      console.out().print(job.stdout());
      PrintWriter err = console.err();
      err.print(job.cmpinfo() + job.stderr());
      if (!job.isGood()) {
        err.println("gradelane: " + job.ref() + ": " + job.state() + ", " + job.outcome()
            + (job.refusal().isEmpty() ? "" : ": " + job.refusal()));
      }
      err.flush();
    }
    console.out().flush();
  }
}
