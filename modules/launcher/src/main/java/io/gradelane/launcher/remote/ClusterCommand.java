package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cluster}: what a node says of its cluster, as a table. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = "Show the nodes of a cluster, in what they differ, and who dispatches.")
final class ClusterCommand implements Callable<Integer> {

  private static final String FORMAT = "%-32s %-16s %-5s %-25s %s%n";

  @Mixin
  private final Console console;

  ClusterCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Format format = console.format(Format.TABLE_OR_JSON);
    try (Nodes nodes = console.open()) {
      JsonObject cluster = nodes.get("/api/v1/cluster");
      if (format == Format.JSON) {
        console.out().println(cluster.encodePrettily());
      } else {
        show(cluster, console.out());
      }
      return 0;
    }
  }

  private static void show(JsonObject cluster, PrintWriter out) {
    String asked = cluster.getString("node");
    out.printf(FORMAT, "NODE", "VERSION", "WIRE", "SINCE", "PROBES");
    for (JsonObject member : objects(cluster.getJsonArray("members"))) {
      String node = member.getString("node");
      out.printf(
          FORMAT,
          node.equals(asked) ? node + " *" : node,
          member.getString("version"),
          member.getInteger("wire"),
          member.getString("startedAt"),
          words(member.getJsonArray("probes")));
    }
    out.println();
    objects(cluster.getJsonArray("pools")).forEach(pool -> out.println(owner(pool)));
    cluster.getJsonArray("skew").forEach(words -> out.println("skew: " + words));
    out.flush();
  }

  private static String owner(JsonObject pool) {
    String name = "pool " + pool.getString("pool") + ": ";
    @Nullable String node = pool.getString("owner");
    return node == null
        ? name + "nobody dispatches, as far as this node knows"
        : name + node + " dispatches, term " + pool.getLong("term")
            + (pool.getBoolean("grants") ? "" : "; it takes over just now");
  }

  private static List<JsonObject> objects(JsonArray array) {
    List<JsonObject> objects = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      objects.add(array.getJsonObject(i));
    }
    return objects;
  }

  private static String words(JsonArray array) {
    return array.isEmpty()
        ? "-"
        : array.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
