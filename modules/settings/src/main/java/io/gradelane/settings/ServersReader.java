package io.gradelane.settings;

import io.gradelane.core.server.FleetMark;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.settings.Tree.Absent;
import io.gradelane.settings.Tree.Branch;
import io.gradelane.settings.Tree.Items;
import io.gradelane.settings.Tree.Scalar;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code servers:}, and the list of the older proxy that {@code jobeList:} names. */
final class ServersReader {

  private static final String ID = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}";

  private final Section root;
  private final JobeList jobeList;
  private final List<ServerSpec> servers = new ArrayList<>();
  private final Map<URI, String> idsByUrl = new HashMap<>();

  ServersReader(Section root, JobeList jobeList) {
    this.root = root;
    this.jobeList = jobeList;
  }

  List<ServerSpec> read() {
    root.items("servers").forEach(this::add);
    jobeList.read().forEach(this::add);
    return List.copyOf(servers);
  }

  private void add(Tree item) {
    switch (item) {
      case Branch branch -> add(branch);
      case Scalar url -> add(Branch.EMPTY.with("url", url));
      case Absent absent -> root.report("servers", absent, "a URL, or a mapping with one");
      case Items items -> root.report("servers", items, "a URL, or a mapping with one");
    }
  }

  private void add(Branch branch) {
    String id = id(branch);
    Section section = root.item("servers", id, branch);
    section.text("id", id, ID, "letters, digits, dots and dashes");
    Optional<URI> url = url(section);
    int slots = section.integer("slots", SettingsDefaults.SERVER_SLOTS, 1, 100_000);
    int cores = section.integer("cores", ServerSpec.defaultCores(slots), 1, 100_000);
    if (cores > slots) {
      section.report("cores", "at most the server's slots, which are " + slots);
    }
    double weight = section.weight("weight", 1);
    String apiKey = section.textOrNull("apiKey");
    Map<String, String> labels = labels(section);
    section.reportUnknown();
    url.ifPresent(base -> keep(
        section, new ServerSpec(id, base, apiKey, slots, Math.min(cores, slots), weight, labels)));
  }

  private String id(Branch branch) {
    return branch.children().get("id") instanceof Scalar id && id.text().matches(ID)
        ? id.text()
        : "s" + (servers.size() + 1);
  }

  private static Optional<URI> url(Section section) {
    Optional<URI> url = Optional.ofNullable(section.textOrNull("url")).flatMap(Uris::jobe);
    if (url.isEmpty()) {
      section.report("url", "http:// or https:// with host and port, such as http://jobe1:4000");
    }
    return url;
  }

  private static Map<String, String> labels(Section section) {
    Section labels = section.section("labels");
    Map<String, String> found = new HashMap<>();
    for (String key : labels.keys()) {
      if (FleetMark.isOurs(key)) {
        labels.report(key, "another word: the fleet says by this one which host a server is on");
        continue;
      }
      found.put(key, labels.text(key, ""));
    }
    return found;
  }

  private void keep(Section section, ServerSpec server) {
    if (servers.stream().anyMatch(other -> other.id().equals(server.id()))) {
      section.report(
          "id", new Scalar(server.id(), section.where()), "an id that no other server has");
      return;
    }
    String other = idsByUrl.putIfAbsent(server.url(), server.id());
    if (other != null) {
      section.report(
          "url",
          "each server once: " + other + " has the same url, and its slots would count twice");
      return;
    }
    servers.add(server);
  }
}
