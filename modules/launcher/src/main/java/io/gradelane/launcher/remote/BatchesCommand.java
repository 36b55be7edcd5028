package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code batches}: the newest batches and how far they are. */
@Command(
    name = "batches",
    mixinStandardHelpOptions = true,
    description = "List batches, the newest first.")
final class BatchesCommand implements Callable<Integer> {

  private static final int LONGEST_NAME = 28;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "20",
      description = "So many, up to 500; ${DEFAULT-VALUE} unless given.")
  private int size;

  @Mixin
  private final Console console;

  BatchesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Format format = console.format(Format.TABLE_OR_JSON);
    PrintWriter out = console.out();
    try (Nodes nodes = console.open()) {
      JsonObject answer = nodes.get("/api/v1/batches?size=" + size);
      if (format == Format.JSON) {
        out.println(answer.encodePrettily());
      } else {
        table(answer.getJsonArray("batches")).print(out);
      }
      return 0;
    }
  }

  private Table table(JsonArray batches) {
    Table table = new Table("BATCH", "NAME", "LANE", "STATE", "ENDED", "TROUBLE", "SUBMITTED");
    for (int i = 0; i < batches.size(); i++) {
      JsonObject batch = batches.getJsonObject(i);
      Counts counts = Counts.of(batch.getJsonObject("progress"));
      table.add(
          batch.getString("id"),
          Table.brief(batch.getString("name", ""), LONGEST_NAME),
          batch.getString("lane"),
          state(batch),
          counts.ended() + "/" + counts.total(),
          counts.troubles().isEmpty() ? "-" : counts.troubles(),
          console.moments().show(batch.getString("createdAt")));
    }
    return table;
  }

  static String state(JsonObject batch) {
    if (batch.getBoolean("cancelled", false)) {
      return "cancelled";
    }
    if (batch.getString("endedAt") != null) {
      return "ended";
    }
    return batch.getString("paused") == null ? "open" : "paused";
  }
}
