package io.gradelane.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fleet}: the hosts as a table, and why there are as many as there are. */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    description = "Show the machines behind the servers, and why there are as many as there are.")
final class FleetCommand implements Callable<Integer> {

  private static final String FORMAT = "%-18s %-12s %-21s %-30s %s%n";

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "Any node; ${DEFAULT-VALUE} unless given.")
  private URI url = URI.create("");

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "A key of scope admin, if there are keys.")
  private @Nullable String key;

  @Option(names = "--all", description = "Also the hosts that have ended within the last day.")
  private boolean all;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    NodeQuestion question = new NodeQuestion(url, key);
    try {
      JsonObject why = question.ask("/api/v1/fleet/why");
      JsonObject hosts = question.ask("/api/v1/fleet/hosts?terminated=" + all);
      show(hosts.getJsonArray("hosts"), why, spec.commandLine().getOut());
      return 0;
    } catch (NodeQuestion.NoAnswer none) {
      spec.commandLine().getErr().println("gradelane: " + none.getMessage());
      return Main.FAILED;
    }
  }

  private static void show(JsonArray hosts, JsonObject why, PrintWriter out) {
    out.printf(FORMAT, "HOST", "STATE", "SINCE", "ADDRESS", "BECAUSE");
    for (int i = 0; i < hosts.size(); i++) {
      JsonObject host = hosts.getJsonObject(i);
      out.printf(
          FORMAT,
          host.getString("id"),
          host.getString("state"),
          toTheSecond(host.getString("since")),
          host.getString("address").isEmpty() ? "-" : host.getString("address"),
          host.getString("reason"));
    }
    out.println();
    out.println(why.getString("why"));
    out.flush();
  }

  private static String toTheSecond(String instant) {
    return instant.replaceFirst("\\.\\d+Z$", "Z");
  }
}
