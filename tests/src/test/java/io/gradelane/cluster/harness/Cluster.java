package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Node.Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What nodes are told about their cluster, and what they say of it. */
final class Cluster {

  private static final String SECRET = "a secret of the harness alone 0123456789";
  private static final Pattern TERM = Pattern.compile("(?m)^gradelane_pool_term (\\S+)$");
  private static final Pattern OWNS = Pattern.compile("(?m)^gradelane_pool_owned 1(\\.0)?$");
  private static final Pattern MEMBER = Pattern.compile("\"startedAt\"");

  /** What one node says: how many it sees, under which term, and whether it is the owner itself. */
  private record Opinion(long members, String term, boolean owns) {}

  private Cluster() {}

  static Map<String, String> environment(Address address, String members) {
    return Map.of(
        "GRADELANE_CLUSTER_HOST", address.host(),
        "GRADELANE_CLUSTER_PORT", address.cluster() + "",
        "GRADELANE_CLUSTER_BUS_PORT", address.bus() + "",
        "GRADELANE_CLUSTER_MEMBERS", members,
        "GRADELANE_CLUSTER_SECRET", SECRET);
  }

  /** The owner, if all living nodes see as many as live and are of one term, and one of them owns. */
  static Optional<Node> owner(List<Node> nodes) {
    List<Node> living = nodes.stream().filter(Node::isAlive).toList();
    List<Opinion> opinions = living.stream().map(Cluster::opinion).toList();
    String term = opinions.getFirst().term;
    boolean agreed = opinions.stream()
        .allMatch(opinion -> opinion.members == living.size() && opinion.term.equals(term));
    boolean one = opinions.stream().filter(Opinion::owns).count() == 1;
    return agreed && one
        ? living.stream().filter(node -> opinions.get(living.indexOf(node)).owns).findFirst()
        : Optional.empty();
  }

  private static Opinion opinion(Node node) {
    String cluster = Web.get(node.url().resolve("/api/v1/cluster")).body();
    String metrics = Web.get(node.url().resolve("/metrics")).body();
    Matcher term = TERM.matcher(metrics);
    return new Opinion(
        MEMBER.matcher(cluster).results().count(),
        term.find() ? term.group(1) : "none of " + node.name(),
        OWNS.matcher(metrics).find());
  }
}
