package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Node.Address;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What nodes are told about their cluster, and what they say of it. */
final class Cluster {

  private static final String SECRET = "a secret of the harness alone 0123456789";

  private Cluster() {}

  static Map<String, String> environment(Address address, String members) {
    if (Boolean.getBoolean("gradelane.harness.alone")) {
      return Map.of();
    }
    return Map.of(
        "GRADELANE_CLUSTER_HOST",
        address.host(),
        "GRADELANE_CLUSTER_PORT",
        address.cluster() + "",
        "GRADELANE_CLUSTER_BUS_PORT",
        address.bus() + "",
        "GRADELANE_CLUSTER_MEMBERS",
        members,
        "GRADELANE_CLUSTER_SECRET",
        SECRET);
  }

  /** The owner, if all living nodes name the same one, under the same term, and see as many members as live. */
  static Optional<Node> owner(List<Node> nodes) {
    List<Node> living = nodes.stream().filter(Node::isAlive).toList();
    if (Boolean.getBoolean("gradelane.harness.alone")) {
      return living.stream().findFirst();
    }
    Set<String> opinions = new HashSet<>();
    for (Node node : living) {
      opinions.add(opinion(node, living.size()));
    }
    String opinion = opinions.iterator().next();
    return opinions.size() > 1 || opinion.isEmpty()
        ? Optional.empty()
        : living.stream().filter(node -> named(node, opinion)).findFirst();
  }

  private static String opinion(Node node, int members) {
    Web.Page page = Web.get(node.url().resolve("/api/v1/cluster"));
    if (page.status() != 200) {
      return "";
    }
    JsonObject told = new JsonObject(page.body());
    return told.getJsonArray("members").size() == members ? told.getString("owner", "") : "";
  }

  private static boolean named(Node node, String opinion) {
    return opinion.contains(node.name());
  }
}
