package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Node.Address;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What nodes are told about their cluster, and what they say of it. */
final class Cluster {

  private static final String SECRET = "a secret of the harness alone 0123456789";

  /** What one node says: who it is, how many it sees, whom it holds for the owner, and under which term. */
  private record Opinion(String node, int members, String owner, long term, boolean grants) {

    static final Opinion NONE = new Opinion("", 0, "", 0, false);

    static Opinion read(JsonObject told) {
      JsonObject pool = told.getJsonArray("pools").getJsonObject(0);
      return new Opinion(
          told.getString("node"),
          told.getJsonArray("members").size(),
          pool.getString("owner", ""),
          pool.getLong("term"),
          pool.getBoolean("grants"));
    }

    boolean agrees(Opinion other) {
      return members == other.members && term == other.term && owner.equals(other.owner);
    }
  }

  private Cluster() {}

  static Map<String, String> environment(Address address, String members) {
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

  /** The owner, if it grants, and all living nodes see as many as live and name it under the same term. */
  static Optional<Node> owner(List<Node> nodes) {
    List<Node> living = nodes.stream().filter(Node::isAlive).toList();
    List<Opinion> opinions = living.stream().map(Cluster::opinion).toList();
    Opinion first = opinions.getFirst();
    boolean agreed = first.members == living.size() && opinions.stream().allMatch(first::agrees);
    return living.stream()
        .filter(node -> agreed)
        .filter(node -> owns(opinions.get(living.indexOf(node))))
        .findFirst();
  }

  private static boolean owns(Opinion opinion) {
    return opinion.grants && opinion.node.equals(opinion.owner);
  }

  private static Opinion opinion(Node node) {
    Web.Page page = Web.get(node.url().resolve("/api/v1/cluster"));
    try {
      return page.status() == 200 ? Opinion.read(new JsonObject(page.body())) : Opinion.NONE;
    } catch (DecodeException e) {
      return Opinion.NONE;
    }
  }
}
