package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fleet}: the hosts as a table, and why there are as many as there are. */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    description = "Show the machines behind the servers, and why there are as many as there are.")
final class FleetCommand implements Callable<Integer> {

  private static final String FORMAT = "%-18s %-12s %-21s %-30s %s%n";

  @Mixin
  private final Console console;

  @Option(names = "--all", description = "Also the hosts that have ended within the last day.")
  private boolean all;

  FleetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Format format = console.format(Format.TABLE_OR_JSON);
    try (Nodes nodes = console.open()) {
      JsonObject why = nodes.get("/api/v1/fleet/why");
      JsonObject hosts = nodes.get("/api/v1/fleet/hosts?terminated=" + all);
      if (format == Format.JSON) {
        console.out().println(hosts.put("why", why).encodePrettily());
      } else {
        show(hosts.getJsonArray("hosts"), why, console.out());
      }
      return 0;
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
