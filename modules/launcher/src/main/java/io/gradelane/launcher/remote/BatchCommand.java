package io.gradelane.launcher.remote;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code batch}: submits a file of jobs. */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    description = {
      "Submit a batch, and print its id.",
      "The file is what POST /api/v1/batches takes: a job ({\"ref\": ..., \"run_spec\": ...}) on each line, of which the",
      "first may be the head (lane, name, template ...), or one object with jobs in it. A list of jobs will do as well.",
      "It is sent line by line: up to 100,000 jobs, as large as the node's jobs.maxUpload."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:submitted; with --watch: all jobs are finished",
      "1:it failed; with --watch also: some are dead or cancelled",
      "2:wrong usage"
    })
final class BatchCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "JSON, or a job a line; - is standard input.")
  private Path file = Path.of("-");

  @Option(names = "--lane", paramLabel = "LANE", description = "Where they wait.")
  private @Nullable String lane;

  @Option(names = "--name", paramLabel = "NAME", description = "What people call it.")
  private @Nullable String name;

  @Option(names = "--watch", description = "Watch it until it has ended.")
  private boolean watch;

  @Mixin
  private final Console console;

  BatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Format format = console.format(Format.TABLE_OR_JSON);
    PrintWriter out = console.out();
    try (Nodes nodes = console.open();
        BatchFile batch = BatchFile.read(file)) {
      set(batch, "lane", lane);
      set(batch, "name", name);
      JsonObject kept = new BatchUpload(batch, console.screen(console.err())).send(nodes);
      String id = kept.getString("id");
      out.println(format == Format.JSON ? kept.encode() : id);
      out.flush();
      return watch
          ? new BatchWatch(nodes, console.screen(out), format, console::complain).run(id)
          : 0;
    }
  }

  private static void set(BatchFile batch, String key, @Nullable String value) {
    if (value != null) {
      batch.set(key, Json.encode(value));
    }
  }
}
