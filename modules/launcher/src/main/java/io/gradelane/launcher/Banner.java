package io.gradelane.launcher;

import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.settings.Settings;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a person who has just started a node wants to know. */
final class Banner {

  /** One program in each language that people may have; the first that is there is shown. */
  private static final Map<String, String> PROGRAMS = Map.of(
      "python3", "print(6 * 7)",
      "nodejs", "console.log(6 * 7)",
      "c", "#include <stdio.h>\\nint main(void) { printf(\\\"%d\\\\n\\\", 6 * 7); return 0; }");

  private static final List<String> PREFERRED = List.of("python3", "nodejs", "c");

  private final Settings settings;
  private final Collection<ServerEntry> servers;
  private final String url;

  Banner(Settings settings, Map<String, ServerEntry> servers, int port) {
    this.settings = settings;
    this.servers = servers.values();
    this.url = "http://" + shown(settings.http().host()) + ":" + port;
  }

  /** All at once, so that no line of the log comes between. */
  void print(String source, long millis, PrintWriter out) {
    out.print(text(source, millis));
    out.flush();
  }

  private String text(String source, long millis) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(
        "%nGradelane %s is up on %s after %.1f s%n%n", Version.current(), url, millis / 1000.0));
    line(text, "settings", source);
    line(text, "servers", servers.stream().map(Banner::words).collect(Collectors.joining(", ")));
    if (settings.fleet().brings()) {
      line(text, "fleet", "hosts come and go; bin/gradelane fleet --url " + url);
    }
    if (settings.sandboxes() > 0) {
      line(
          text, "", "sandboxes in this process: fine for trying out, no place for strangers' code");
    }
    line(text, "languages", languages());
    line(
        text,
        "lanes",
        settings.pool().lanes().stream().map(LaneSpec::name).collect(Collectors.joining(", ")));
    line(text, "keys", keys());
    if (settings.cluster().clustered()) {
      line(text, "cluster", settings.cluster().name() + "; bin/gradelane cluster --url " + url);
    }
    text.append(String.format("%nTry it:%n%n%s%n%n", curl()));
    text.append(String.format(
        "In Moodle, CodeRunner's Jobe server is %s. Ctrl-C drains and stops.%n%n",
        url.substring("http://".length())));
    return text.toString();
  }

  /** A command that works now. */
  String curl() {
    String language = language();
    String key = settings.access().keys().isEmpty() ? "" : " -H 'X-API-KEY: <your key>'";
    return "  curl -s " + url + "/jobe/index.php/restapi/runs -H 'Content-Type: application/json'"
        + key
        + " \\\n    -d '{\"run_spec\": {\"language_id\": \"" + language + "\", \"sourcecode\": \""
        + PROGRAMS.getOrDefault(language, "") + "\"}}'";
  }

  private String language() {
    return PREFERRED.stream()
        .filter(known -> servers.stream().anyMatch(server -> server.languages().containsKey(known)))
        .findFirst()
        .orElse(PREFERRED.getFirst());
  }

  private String languages() {
    Map<String, String> all = new TreeMap<>();
    servers.forEach(server -> server.languages().forEach(all::putIfAbsent));
    return all.isEmpty()
        ? "none known yet"
        : all.entrySet().stream()
            .map(language -> language.getKey() + " " + language.getValue())
            .collect(Collectors.joining(", "));
  }

  private String keys() {
    int count = settings.access().keys().size();
    return count == 0
        ? "none: nobody needs one, and only this machine is listened to"
        : String.valueOf(count);
  }

  private static String words(ServerEntry server) {
    return server.id() + " " + server.spec().url() + " (" + server.state().word() + ", "
        + server.spec().slots() + " slots)";
  }

  private static String shown(String host) {
    boolean any = host.equals("0.0.0.0") || host.equals("::");
    String reachable = any ? "127.0.0.1" : host;
    return reachable.contains(":") ? "[" + reachable + "]" : reachable;
  }

  private static void line(StringBuilder text, String word, String rest) {
    text.append(String.format("  %-10s %s%n", word, rest));
  }
}
