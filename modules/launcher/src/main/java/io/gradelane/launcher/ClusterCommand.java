package io.gradelane.launcher;

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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cluster}: what a node says of its cluster, as a table. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = "Show the nodes of a cluster, in what they differ, and who dispatches.")
final class ClusterCommand implements Callable<Integer> {

  private static final String FORMAT = "%-32s %-16s %-5s %-25s %s%n";

  @Mixin
  private final NodeQuestion question = new NodeQuestion();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      show(question.ask("/api/v1/cluster"), spec.commandLine().getOut());
      return 0;
    } catch (NodeQuestion.NoAnswer none) {
      err.println("gradelane: " + none.getMessage());
    } catch (ClassCastException strange) {
      err.println("gradelane: " + question.node() + " is no node of Gradelane");
    }
    return Main.FAILED;
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
