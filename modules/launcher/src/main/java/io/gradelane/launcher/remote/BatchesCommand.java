package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

  BatchesCommand(Reach reach) {
    this.reach = reach;
  }

  @Override
  public Integer call() {
    Format.TABLE_OR_JSON.check(format, spec);
    PrintWriter out = spec.commandLine().getOut();
    try (Nodes nodes = reach.open()) {
      JsonObject answer = nodes.get("/api/v1/batches?size=" + size);
      if (format == Format.JSON) {
        out.println(answer.encodePrettily());
      } else {
        table(answer.getJsonArray("batches")).print(out);
      }
      return 0;
    }
  }

  private static Table table(JsonArray batches) {
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
          batch.getString("createdAt").replaceFirst("T", " ").replaceFirst("\\..*", ""));
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
