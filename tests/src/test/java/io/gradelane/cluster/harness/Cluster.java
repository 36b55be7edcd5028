package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Node.Address;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What nodes are told about their cluster, and what they say of it. */
final class Cluster {

  private static final String SECRET = "a secret of the harness alone 0123456789";

  /** What one node says: who it is, how many it sees, whom it holds for the owner, and under which term. */
  private record Opinion(String node, int members, String owner, String term) {

    boolean agrees(Opinion other) {
      return members == other.members && owner.equals(other.owner) && term.equals(other.term);
    }
  }

  private Cluster() {}

  static Map<String, String> environment(Address address, String members) {
    return Map.of(
        "GRADELANE_CLUSTER_HOST", address.host(),
        "GRADELANE_CLUSTER_PORT", address.cluster() + "",
        "GRADELANE_CLUSTER_BUS_PORT", address.bus() + "",
        "GRADELANE_CLUSTER_MEMBERS", members,
        "GRADELANE_CLUSTER_SECRET", SECRET);
  }

  /** The owner, if all living nodes see as many as live and name the same one, under the same term. */
  static Optional<Node> owner(List<Node> nodes) {
    List<Node> living = nodes.stream().filter(Node::isAlive).toList();
    List<Opinion> opinions = living.stream()
        .map(Cluster::opinion)
        .filter(Objects::nonNull)
        .filter(opinion -> opinion.members == living.size())
        .toList();
    if (opinions.size() < living.size() || !opinions.stream().allMatch(opinions.getFirst()::agrees)) {
      return Optional.empty();
    }
    String owner = opinions.getFirst().owner;
    return opinions.stream()
        .filter(opinion -> opinion.node.equals(owner))
        .findFirst()
        .map(opinion -> living.get(opinions.indexOf(opinion)));
  }

  private static Opinion opinion(Node node) {
    Web.Page page = Web.get(node.url().resolve("/api/v1/cluster"));
    try {
      return page.status() == 200 ? read(new JsonObject(page.body())) : null;
    } catch (DecodeException e) {
      return null;
    }
  }

  private static Opinion read(JsonObject told) {
    JsonArray members = told.getJsonArray("members");
    return new Opinion(told.getString("node"), members.size(), members.getJsonObject(0).getString("node"), "");
  }
}
